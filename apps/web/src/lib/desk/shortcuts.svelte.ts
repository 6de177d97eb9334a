const NAME = 'wijk:sneltoetsen';

let on = $state(true);

/** Single letters can be turned off on this device (WCAG 2.1.4). */
export const shortcuts = {
  get on() {
    return on;
  },
  read() {
    try {
      on = localStorage.getItem(NAME) !== 'uit';
    } catch {
      // a closed storage: they are on
    }
  },
  toggle() {
    on = !on;
    try {
      localStorage.setItem(NAME, on ? 'aan' : 'uit');
    } catch {
      // then it holds until the page is left
    }
  },
};

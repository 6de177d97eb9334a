let text = $state('');

/** What the polite live region of the layout says. */
export const announced = {
  get text() {
    return text;
  },
};

export function announce(words: string): void {
  text = '';
  // emptied first, so that the same words are read out again
  setTimeout(() => {
    text = words;
  }, 50);
}

/** The part of the document that changes, and what it says about itself. */
export const whole = () => document.querySelector<HTMLElement>('.page') as HTMLElement;

/** Said by the polite live region of the page. */
export function announce(words: string): void {
  const place = document.getElementById('omroep');
  if (!place) return;
  place.textContent = '';
  // emptied first, so that the same words are read out again
  setTimeout(() => {
    place.textContent = words;
  }, 50);
}

import type { Page } from 'playwright-core';

/** What somebody presses is at least so many pixels high and wide. */
const TARGET = 44;

/**
 * What is wrong with the header as it is shown: links and buttons outside of the window, cut off by
 * something around them, lying under something else, or too small to press. Empty when all is well.
 */
export function headerFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    scrollTo(0, 0);
    const faults = [];
    const shown = [...document.querySelectorAll('.site-header :is(a, button)')].filter(
      (one) => one.getClientRects().length > 0);
    if (shown.length === 0) faults.push('nothing is there');
    for (const one of shown) {
      const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
      const name = one.textContent.trim();
      if (width < ${TARGET} || height < ${TARGET})
        faults.push(name + ': ' + width + ' by ' + height);
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight)
        faults.push(name + ': outside of the window');
      for (let around = one.parentElement; around; around = around.parentElement) {
        const box = around.getBoundingClientRect();
        if (getComputedStyle(around).overflow !== 'visible' && around !== document.documentElement
          && (left < box.left || top < box.top || right > box.right || bottom > box.bottom))
          faults.push(name + ': cut off by ' + around.className);
      }
      const [x0, y0] = [(left + right) / 2, (top + bottom) / 2];
      for (const [x, y] of [[left + 3, y0], [right - 3, y0], [x0, top + 3], [x0, bottom - 3]]) {
        const there = document.elementFromPoint(x, y);
        if (there && there !== one && !one.contains(there))
          faults.push(name + ': under ' + there.textContent.trim());
      }
      for (const text of one.querySelectorAll('span:not(.word)'))
        if (text.scrollWidth > text.clientWidth + 1) faults.push(name + ': words are cut off');
    }
    return faults;
  })()`);
}

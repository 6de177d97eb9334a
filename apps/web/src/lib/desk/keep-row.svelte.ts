const rowsShown = () => [...document.querySelectorAll<HTMLElement>('[data-row]')];

/**
 * Who goes through the queue by keyboard keeps their place when it changes under their hands: a row that
 * moves takes the focus along, which the browser would drop, and for a row that goes the one that takes
 * its place gets it.
 * @param rows what is watched
 * @param list which list it is: another one has no places in common with this
 */
export function keepRow(rows: () => unknown, list: () => string): void {
  let shown = '';
  let ref: string | undefined;
  let at = -1;

  $effect.pre(() => {
    rows();
    const before = rowsShown();
    at = before.indexOf(document.activeElement as HTMLElement);
    ref = before[at]?.dataset.row;
  });

  $effect(() => {
    rows();
    const same = list() === shown;
    shown = list();
    if (at === -1 || document.activeElement !== document.body) return;
    const now = rowsShown();
    const row = now.find((one) => one.dataset.row === ref);
    (row ?? (same ? now[Math.min(at, now.length - 1)] : undefined))?.focus();
  });
}

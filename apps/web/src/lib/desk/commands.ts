import type { Command } from './keys.ts';

const FIELDS = 'input:not([type="hidden"]), textarea, select';

const visible = (element: HTMLElement) => element.offsetParent !== null;

function find(name: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[data-command="${name}"]`)].find(visible);
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches(FIELDS);
}

export const inQueue = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.dataset.row !== undefined;

/** The next or previous row gets the focus: Enter then opens it, as with any link. */
function move(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter(visible);
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const at = focused >= 0 ? focused : rows.findIndex((row) => row.ariaCurrent === 'true');
  const row = rows[at === -1 ? 0 : at + step];
  row?.focus();
  return row !== undefined;
}

/** Opens a form of the pane and puts the focus in its field. */
export function openForm(name: 'assign' | 'answer'): boolean {
  const box = find(name);
  if (!(box instanceof HTMLDetailsElement)) return false;
  box.open = true;
  const field = box.querySelector<HTMLElement>(`input[type="radio"]:checked, ${FIELDS}`);
  field?.focus();
  box.scrollIntoView({ block: 'nearest' });
  return true;
}

/** Leaves the form in which the focus is, then the pane for the queue. */
function close(): boolean {
  const active = document.activeElement;
  const box = active?.closest('details');
  if (box?.open) {
    box.open = false;
    box.querySelector('summary')?.focus();
    return true;
  }
  if (inQueue(active)) return false;
  const back = find('back');
  if (back) back.click();
  else document.querySelector<HTMLElement>('[data-row][aria-current]')?.focus();
  return true;
}

function press(name: string): boolean {
  const target = find(name);
  target?.click();
  return target !== undefined;
}

/** Does what a key stands for, by way of what is on the screen. False when there is nothing to do. */
export function run(command: Command): boolean {
  switch (command) {
    case 'down':
      return move(1);
    case 'up':
      return move(-1);
    case 'assign':
    case 'answer':
      return openForm(command);
    case 'close':
      return close();
    default:
      return press(command);
  }
}

import { type Command, FORMS, type FormName } from './keys.ts';

const FIELDS = 'input:not([type="hidden"]), textarea, select';

const visible = (element: HTMLElement) => element.offsetParent !== null;

function find(name: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[data-command="${name}"]`)].find(visible);
}

/** In any field, a choice too: letters never do something else there. */
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

/** Opens the row with the focus, or the first one when none is open. */
function openRow(): boolean {
  const active = document.activeElement;
  const row = inQueue(active) ? (active as HTMLElement) : undefined;
  if (row) row.click();
  else return press('next');
  return true;
}

/** Opens a form of the pane, with whatever it is folded in, and puts the focus in its field. */
export function openForm(name: FormName): boolean {
  const box = document.querySelector<HTMLDetailsElement>(`details[data-command="${name}"]`);
  if (!box) return false;
  const around = box.parentElement?.closest('details');
  if (around) around.open = true;
  box.open = true;
  const wanted = ['input[type="radio"]:checked', `.field :is(${FIELDS})`, FIELDS, 'summary'];
  // a field that is folded away takes no focus, and what is typed then would be letters again
  const field = wanted
    .flatMap((selector) => [...box.querySelectorAll<HTMLElement>(selector)])
    .find(visible);
  field?.focus({ preventScroll: true });
  bringUp(box);
  return true;
}

/** In sight from its first line on, by moving the column alone where that scrolls by itself. */
function bringUp(box: HTMLElement): void {
  const column = box.closest<HTMLElement>('[data-reading]');
  if (!column || column.scrollHeight <= column.clientHeight || !scrolls(column)) {
    box.scrollIntoView({ block: 'start' });
    return;
  }
  const { top, bottom } = box.getBoundingClientRect();
  const frame = column.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) column.scrollTop += top - frame.top - 12;
}

const scrolls = (element: HTMLElement) => /auto|scroll/.test(getComputedStyle(element).overflowY);

/** The saved texts of the form that is open, or else of the answer. */
function openSaved(): boolean {
  const open = '[data-command][open] [data-saved]';
  const lists = () => [...document.querySelectorAll<HTMLDetailsElement>(open)].filter(visible);
  if (lists().length === 0) openForm('answer');
  const [list] = lists();
  if (!list) return false;
  list.open = true;
  list.querySelector<HTMLElement>(FIELDS)?.focus();
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
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.querySelector<HTMLElement>(FIELDS)?.focus();
  } else target?.click();
  return target !== undefined;
}

/** A button or form that may be folded away in `Meer`. */
function pressFolded(name: string): boolean {
  if (press(name)) return true;
  const folded = document.querySelector(`[data-command="${name}"]`);
  const around = folded?.parentElement?.closest('details');
  if (!around) return false;
  around.open = true;
  return press(name);
}

const isForm = (command: Command): command is FormName =>
  (FORMS as readonly Command[]).includes(command);

/** Does what a key stands for, by way of what is on the screen. False when there is nothing to do. */
export function run(command: Command): boolean {
  if (isForm(command)) return openForm(command);
  if (command.startsWith('go-')) {
    const tab = document.querySelector<HTMLElement>(`[data-filter="${command.slice(3)}"]`);
    tab?.click();
    return tab !== null;
  }
  switch (command) {
    case 'down':
      return move(1);
    case 'up':
      return move(-1);
    case 'open':
      return openRow();
    case 'saved':
      return openSaved();
    case 'close':
      return close();
    case 'publish':
      return pressFolded(command);
    default:
      return press(command);
  }
}

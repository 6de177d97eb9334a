/** What a key does at the desk. */
export type Command =
  | 'down'
  | 'up'
  | 'claim'
  | 'assign'
  | 'answer'
  | 'undo'
  | 'next'
  | 'help'
  | 'close';

/** For the overview, in this order; the letters stand on the buttons too. */
export const LETTERS: ReadonlyMap<string, Command> = new Map([
  ['j', 'down'],
  ['k', 'up'],
  ['c', 'claim'],
  ['a', 'assign'],
  ['b', 'answer'],
  ['u', 'undo'],
  ['n', 'next'],
  ['?', 'help'],
]);

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  isComposing: boolean;
}

export interface Where {
  /** the focus is in a field */
  typing: boolean;
  /** the focus is on a row of the queue */
  inQueue: boolean;
  /** a dialog is open: its own keys count */
  inDialog: boolean;
  /** single letters may be turned off (WCAG 2.1.4) */
  letters: boolean;
}

/** Never anything while someone types, except that Esc leaves the field. */
export function commandOf(press: Press, where: Where): Command | null {
  const { key } = press;
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null;
  if (where.inDialog) return null;
  if (key === 'Escape') return 'close';
  if (where.typing) return null;
  if (where.inQueue && key === 'ArrowDown') return 'down';
  if (where.inQueue && key === 'ArrowUp') return 'up';
  if (!where.letters) return null;
  const command = LETTERS.get(key.toLowerCase()) ?? null;
  const moves = command === 'down' || command === 'up';
  return press.repeat && !moves ? null : command;
}

import { FILTER_LETTERS, type Filter } from './filters.ts';

/** The forms of the pane that a key opens. */
export const FORMS = [
  'assign',
  'answer',
  'ask-back',
  'edit',
  'duplicate',
  'redact',
  'hide',
  'remove',
] as const;
export type FormName = (typeof FORMS)[number];

/** What a key does at the desk. */
export type Command =
  | FormName
  | 'down'
  | 'up'
  | 'open'
  | 'next'
  | 'claim'
  | 'saved'
  | 'publish'
  | 'endorse'
  | 'dismiss'
  | 'urgent'
  | 'undo'
  | 'help'
  | 'close'
  | 'go'
  | `go-${Filter}`;

/** For the overview, in this order; the letters stand on the buttons too. */
export const LETTERS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['j', 'down'],
  ['k', 'up'],
  ['o', 'open'],
  ['n', 'next'],
  ['c', 'claim'],
  ['a', 'assign'],
  ['r', 'answer'],
  ['s', 'saved'],
  ['b', 'ask-back'],
  ['e', 'edit'],
  ['d', 'duplicate'],
  ['l', 'redact'],
  ['h', 'hide'],
  ['x', 'remove'],
  ['p', 'publish'],
  ['v', 'endorse'],
  ['m', 'dismiss'],
  ['u', 'urgent'],
  ['z', 'undo'],
  ['g', 'go'],
  ['?', 'help'],
]);

const KEYS = new Map([...LETTERS].map(([key, command]) => [command, key]));

/** The letter of a command, for the hint on its button. */
export const keyOf = (command: Command): string => KEYS.get(command) ?? '';

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
  /** a dialog or the menu is open: its own keys count */
  inDialog: boolean;
  /** `g` was pressed just now: the next letter names a filter */
  going: boolean;
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
  const letter = key.toLowerCase();
  if (where.going) {
    const filter = press.repeat ? undefined : FILTER_LETTERS.get(letter);
    return filter ? `go-${filter}` : null;
  }
  const command = LETTERS.get(letter) ?? null;
  const moves = command === 'down' || command === 'up';
  return press.repeat && !moves ? null : command;
}

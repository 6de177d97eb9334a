/** Parts of the set-up in the order of the wizard; their names stand in the address. */
export const PARTS = [
  'naam',
  'codes',
  'onderwerpen',
  'openingstijden',
  'feestdagen',
  'belofte',
  'toezicht',
  'uiterlijk',
  'mensen',
  'openen',
] as const;
export type Part = (typeof PARTS)[number];

/** Steps of the wizard alone: an open wijk has pages of its own for people, and is open. */
const WIZARD_ONLY: readonly Part[] = ['mensen', 'openen'];

export const partsOf = (open: boolean): readonly Part[] =>
  open ? PARTS.filter((part) => !WIZARD_ONLY.includes(part)) : PARTS;

/** The step beside this one; itself at either end. */
export function beside(part: Part, way: 'next' | 'previous'): Part {
  const at = PARTS.indexOf(part) + (way === 'next' ? 1 : -1);
  return PARTS[at] ?? part;
}

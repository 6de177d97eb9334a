import type { PageTexts } from '@wijk/i18n';
import type { Refusal } from '#lib/forms.ts';
import type { Place } from './filters.ts';
import type { Candidate, PaneView, SavedText } from './view.ts';

/** What every form of the pane works on. */
export interface Work {
  pane: PaneView;
  place: Place;
  /** of a press: sent twice it has one effect */
  key: string;
  form: { refusal?: Refusal | undefined } | null;
  saved: SavedText[];
  /** what was found for a duplicate; null before anyone looked */
  originals: { q: string; items: Candidate[] } | null;
  w: PageTexts['desk'];
}

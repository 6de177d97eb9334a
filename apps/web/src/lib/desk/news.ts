import type { PageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import type { PaneView } from './view.ts';

type Known = Pick<PaneView, 'ref' | 'stage'> & {
  history: readonly Pick<PaneView['history'][number], 'key' | 'text' | 'who'>[];
  answers: readonly Pick<PaneView['answers'][number], 'id' | 'name' | 'own'>[];
};

/** What someone else did to the question that one looks at; null when nobody did. */
export function newsOf(
  before: Known,
  after: Known,
  me: string,
  w: Pick<PageTexts['desk'], 'newAnswer' | 'closedText'>,
): string | null {
  if (before.ref !== after.ref) return null;
  if (after.stage === 'closed' && before.stage !== 'closed') return w.closedText;
  const told = new Set(before.history.map((h) => `${h.key} ${h.text}`));
  const fresh = after.history.filter((h) => !told.has(`${h.key} ${h.text}`));
  const byOther = fresh.findLast((h) => h.who !== null && h.who !== me);
  if (byOther) return `${byOther.text}.`;
  const seen = new Set(before.answers.map((answer) => answer.id));
  const answer = after.answers.find((a) => !seen.has(a.id) && !a.own);
  return answer ? fill(w.newAnswer, { name: answer.name }) : null;
}

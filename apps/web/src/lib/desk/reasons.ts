import type { PageTexts } from '@wijk/i18n';

type Texts = PageTexts['desk']['reasonText'];

/** What the author reads at a reason when the editor writes nothing; '' where that has to be written. */
export function standardText(texts: Texts, reason: string): string {
  return Object.hasOwn(texts, reason) ? texts[reason as keyof Texts] : '';
}

/**
 * The message after another reason was chosen: the standard text of that reason, unless the editor
 * wrote something of their own.
 */
export function messageFor(
  texts: Texts,
  before: { reason: string; message: string },
  reason: string,
): string {
  const own = before.message.trim();
  if (own !== '' && own !== standardText(texts, before.reason)) return before.message;
  return standardText(texts, reason);
}

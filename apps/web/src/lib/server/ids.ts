const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether an address could name a question; nothing else is looked up. */
export const isQuestionRef = (text: string): boolean => REF.test(text);
export const isUuid = (text: string): boolean => UUID.test(text);

/** Whether an address could name a provider: 'm-<id>' or 'o-<id>'. */
export const isProviderKey = (text: string): boolean =>
  /^[mo]-/.test(text) && isUuid(text.slice(2));

/** The same where it may be somebody themselves. */
export const isOwnProviderKey = (text: string): boolean => text === 'ik' || isProviderKey(text);

/** The answer or the comment that an address is about; null where it names neither. */
export function replyIn(url: URL): { answer: string } | { comment: string } | null {
  const comment = url.searchParams.get('reactie');
  if (comment) return isUuid(comment) ? { comment } : null;
  const answer = url.searchParams.get('antwoord');
  return answer && isUuid(answer) ? { answer } : null;
}

import { MAIL_CATEGORIES, type MailCategory } from '@wijk/contracts/notifications';

/** The ticked boxes of the form; whatever else was sent is left out. */
export function tickedIn(data: FormData): MailCategory[] {
  const ticked = new Set(data.getAll('wanted'));
  return MAIL_CATEGORIES.filter((category) => ticked.has(category));
}

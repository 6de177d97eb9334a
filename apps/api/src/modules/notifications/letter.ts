import { DEFAULT_LOCALE, type MessageKey, t } from '@wijk/i18n';
import type { Services } from '../../services.ts';

/** A mail in words. Nothing of a reader's text is ever in `subject` (G10). */
export interface Letter {
  subject: string;
  greeting: string;
  paragraphs: string[];
  /** set apart between the first paragraph and the others */
  code?: string;
  action: { label: string; url: string };
  /** for the reader's own calendar (RFC 5546); it tells no more than the letter does */
  invitation?: { method: 'REQUEST' | 'CANCEL'; text: string };
  closing: string;
  footer: string;
  /** how to refuse this kind of mail; absent where it may not be refused, and `footer` says why */
  unsubscribe?: { text: string; label: string; url: string };
}

export type Body = Pick<Letter, 'subject' | 'paragraphs' | 'code' | 'action' | 'invitation'>;
export type Needed = Pick<Services, 'clock' | 'secret' | 'config' | 'wijken' | 'wallet'>;

/** Mails are in the language of the wijk: who reads them may have no account to keep another in. */
export const words = (key: MessageKey, params: Record<string, string | number> = {}) =>
  t(DEFAULT_LOCALE, key, params);

import { openCode } from '@wijk/auth';
import type { Executor } from '@wijk/db/kernel';
import { type DueMail, type Reach, readInvitationNews } from '@wijk/db/notifications';
import { ROLES } from '@wijk/domain/identity';
import { DEFAULT_LOCALE, formatMoment } from '@wijk/i18n';
import type { Wijk } from '../wijk/index.ts';
import { siteOf } from '../wijk/index.ts';
import { complaintLetter } from './complaint-letter.ts';
import { handoverLetter } from './handover-letter.ts';
import { hoursLetter } from './hours-letter.ts';
import {
  categoryOf,
  isComplaintTemplate,
  isHandoverTemplate,
  isHoursTemplate,
  isListingTemplate,
  isMessageTemplate,
  isOrderTemplate,
  isProviderTemplate,
  isQuestionTemplate,
  isReviewTemplate,
  isScheduleTemplate,
  isSeriesTemplate,
  isWalletTemplate,
} from './kinds.ts';
import { type Body, type Letter, type Needed, words } from './letter.ts';
import { listingLetter } from './listing-letter.ts';
import { messageLetter } from './message-letter.ts';
import { orderLetter } from './order-letter.ts';
import { providerLetter } from './provider-letter.ts';
import { questionLetter } from './question-letter.ts';
import { reviewLetter } from './review-letter.ts';
import { scheduleLetter } from './schedule-letter.ts';
import { seriesLetter } from './series-letter.ts';
import { sealUnsubscribe } from './unsubscribe-token.ts';
import { walletLetter } from './wallet-letter.ts';

const CODE_TEMPLATES = ['code', 'code-for-question'] as const;
type CodeTemplate = (typeof CODE_TEMPLATES)[number];
const isCodeTemplate = (name: string): name is CodeTemplate =>
  CODE_TEMPLATES.some((template) => template === name);

/**
 * Puts a mail into words, with the state of this moment: its row holds ids only. Null when there is
 * nothing to say any more (the code expired, the question was taken back, the link was revoked).
 */
export async function writeLetter(
  services: Needed,
  db: Executor,
  mail: DueMail,
  reader: Reach,
): Promise<{ letter: Letter; wijk: Wijk } | null> {
  const wijk = await services.wijken.byId(mail.wijkId);
  if (!wijk) return null;
  const body = await bodyOf(services, db, wijk, mail, reader);
  if (!body) return null;
  const letter: Letter = {
    greeting: reader.name
      ? words('mail.greeting', { name: reader.name })
      : words('mail.greeting-nameless'),
    closing: words('mail.closing', { wijk: wijk.name }),
    ...(await endOf(services, wijk, mail)),
    ...body,
  };
  return { letter, wijk };
}

function bodyOf(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  mail: DueMail,
  reader: Reach,
): Promise<Body | null> | never {
  const { template } = mail;
  if (isCodeTemplate(template)) return codeLetter(services, wijk, mail, template);
  if (template === 'invitation') return invitationLetter(services, db, wijk, mail);
  if (template === 'book-broken') return Promise.resolve(bookLetter(services, wijk));
  if (isWalletTemplate(template)) return walletLetter(services, db, wijk, mail, template);
  if (isScheduleTemplate(template)) return scheduleLetter(services, db, wijk, mail, template);
  if (isOrderTemplate(template)) return orderLetter(services, db, wijk, mail, template, reader);
  if (isSeriesTemplate(template)) return seriesLetter(services, db, wijk, mail, template);
  if (isMessageTemplate(template)) return messageLetter(services, db, wijk, mail, template);
  if (isHandoverTemplate(template)) return handoverLetter(services, db, wijk, mail, template);
  if (isProviderTemplate(template)) return providerLetter(services, wijk, mail, template);
  if (isComplaintTemplate(template)) return complaintLetter(services, db, wijk, mail, template);
  if (isHoursTemplate(template)) return hoursLetter(services, db, wijk, mail, template);
  if (isReviewTemplate(template)) return reviewLetter(services, db, wijk, mail);
  if (isListingTemplate(template)) return listingLetter(services, db, wijk, mail, template);
  if (isQuestionTemplate(template)) return questionLetter(services, db, wijk, mail, template);
  throw new Error(`there is no mail template ${template}`);
}

/** The end of a mail: how to refuse its kind (RFC 8058), or why that cannot be. */
async function endOf(
  services: Needed,
  wijk: Wijk,
  { template, audience, membershipId, questionId }: DueMail,
): Promise<Pick<Letter, 'footer' | 'unsubscribe'>> {
  const automatic = words('mail.automatic');
  const category = categoryOf(template);
  const whose =
    audience === 'member' && membershipId
      ? { audience, membershipId }
      : audience === 'asker' && questionId
        ? { audience, questionId }
        : null;
  if (!category || !whose)
    return { footer: `${words(`mail.kept.${whyKept(template)}`)}\n${automatic}` };
  const token = sealUnsubscribe(services.secret, wijk.id, { whose, category });
  return {
    footer: automatic,
    unsubscribe: {
      text: words(`mail.because.${category}`),
      label: words('mail.unsubscribe'),
      url: `${siteOf(services, wijk)}/afmelden/${token}`,
    },
  };
}

function whyKept(
  template: string,
): 'code' | 'invitation' | 'urgent' | 'statement' | 'book' | 'complaint' {
  if (isCodeTemplate(template)) return 'code';
  if (template === 'book-broken') return 'book';
  if (isComplaintTemplate(template)) return 'complaint';
  return template === 'invitation' || template === 'urgent' ? template : 'statement';
}

async function codeLetter(
  services: Needed,
  wijk: Wijk,
  { params }: DueMail,
  template: CodeTemplate,
): Promise<Body | null> {
  const { challenge, code, expiresAt } = params;
  if (!challenge || !code || !expiresAt) return null;
  if (new Date(expiresAt) <= services.clock.now()) return null;
  const site = siteOf(services, wijk);
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: [
      words(`mail.${template}.before`),
      ...words(`mail.${template}.after`).split('\n\n'),
    ],
    code: openCode(services.secret, challenge, code),
    action: { label: words(`mail.${template}.action`), url: `${site}/inloggen/code` },
  };
}

/** Says that something is wrong and where it stands: no amount, no name. */
function bookLetter(services: Needed, wijk: Wijk): Body {
  return {
    subject: words('mail.book-broken.subject'),
    paragraphs: words('mail.book-broken.text').split('\n\n'),
    action: {
      label: words('mail.book-broken.action'),
      url: `${siteOf(services, wijk)}/penningmeester`,
    },
  };
}

async function invitationLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
): Promise<Body | null> {
  const now = services.clock.now();
  const invitation = await readInvitationNews(db, wijk.id, params.invitation ?? '', now);
  if (!invitation) return null;
  const roles = ROLES.filter((role) => invitation.roles.includes(role)).map((role) =>
    words(`common.role.${role}`),
  );
  const text = words(roles.length > 0 ? 'mail.invitation.text' : 'mail.invitation.text-plain', {
    wijk: wijk.name,
    roles: new Intl.ListFormat(DEFAULT_LOCALE).format(roles),
    until: formatMoment(invitation.expiresAt, now, wijk.timeZone, DEFAULT_LOCALE),
  });
  return {
    subject: words('mail.invitation.subject', { wijk: wijk.name }),
    paragraphs: text.split('\n\n'),
    action: {
      label: words('mail.invitation.action'),
      // its own page: signing in there lets the first admin into a wijk that is not open yet
      url: `${siteOf(services, wijk)}/uitnodiging/${params.invitation}`,
    },
  };
}

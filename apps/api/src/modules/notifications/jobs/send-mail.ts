import type { Events, EventType } from '@wijk/contracts';
import { appendEvent, inTransaction, retryAt, type Transaction } from '@wijk/db/kernel';
import {
  closeMail,
  type DueMail,
  isRefused,
  leaseMail,
  postponeMail,
  type Reach,
  reachAsker,
  reachMember,
  readInvitationNews,
} from '@wijk/db/notifications';
import { normaliseEmail } from '@wijk/domain/identity';
import { MINUTE_MS } from '@wijk/domain/kernel';
import { DEFAULT_LOCALE } from '@wijk/i18n';
import type { Services } from '../../../services.ts';
import { categoryOf } from '../kinds.ts';
import { headerName, htmlOf, textOf } from '../message.ts';
import { SmtpError } from '../smtp.ts';
import { writeLetter } from '../templates.ts';

/** Longer than a try can take: see the limits in smtp.ts. */
const LEASE_MS = MINUTE_MS;
/** A mail server may be away for a weekend's day and a half: ten tries are over within the hour. */
const MAIL_TRIES = 46;
/** A worker that was held up this long since its lease began leaves the mail to another. */
const STALE_MS = LEASE_MS / 3;

/**
 * Sends one mail that is due. It is leased first, so that no row stays locked while the mail server
 * is spoken to; after a crash the lease ends and the mail is due again. A mail can so be doubled
 * only between the mail server's yes and our commit, and then bears the same Message-ID (N1).
 * @returns whether there was one
 */
export async function sendOneMail(services: Services): Promise<boolean> {
  if (services.smtpUrl === '') return false;
  const { db, clock, log } = services;
  const startedAt = performance.now();
  const mail = await leaseMail(db, clock.now(), LEASE_MS);
  if (!mail) return false;
  try {
    const status = await deliver(services, mail, startedAt);
    if (status) await closeMail(db, mail, status, clock.now());
  } catch (error) {
    const permanent = error instanceof SmtpError && error.permanent;
    const retry = permanent ? null : retryAt(clock.now(), mail.attempts - 1, MAIL_TRIES);
    const what = error instanceof SmtpError ? error.message : nameOf(error);
    log.warn({ mail: mail.id, template: mail.template, error: what, retry }, 'mail not sent');
    await inTransaction(db, async (tx) => {
      const changed = await postponeMail(tx, mail, retry, what);
      if (changed && retry === null) await tellRefused(services, tx, mail);
    });
  }
  return true;
}

/** An expert who cannot be mailed has to be reached another way; the redactie sees it at the desk. */
async function tellRefused(
  services: Services,
  tx: Transaction,
  { wijkId, template, questionId, params }: DueMail,
): Promise<void> {
  const { assignment } = params;
  if ((template !== 'assigned' && template !== 'reminder') || !questionId || !assignment) return;
  await appendEvent(tx, services.subscriptions, services.clock.now(), {
    wijkId,
    type: 'mail.refused.v1' satisfies EventType,
    payload: { questionId, assignmentId: assignment } satisfies Events['mail.refused.v1'],
  });
}

/** Sends everything that is due; tells how many were taken up. */
export async function sendDueMail(services: Services): Promise<number> {
  let count = 0;
  while (await sendOneMail(services)) count += 1;
  return count;
}

async function deliver(
  services: Services,
  mail: DueMail,
  startedAt: number,
): Promise<'sent' | 'skipped' | undefined> {
  const { db, clock, config, smtpUrl, mailer } = services;
  const reader = await reach(services, mail);
  if (!reader) return 'skipped';
  const category = categoryOf(mail.template);
  if (category && (await isRefused(db, mail, category, reader.email))) return 'skipped';
  const written = await writeLetter(services, db, mail, reader);
  if (!written) return 'skipped';
  if (performance.now() - startedAt > STALE_MS) return undefined;
  const { letter, wijk } = written;
  await mailer.send(smtpUrl, {
    messageId: `<${mail.id}@${new URL(config.origins[0] ?? 'http://localhost').hostname}>`,
    from: { name: headerName(wijk.name), address: config.mailFrom },
    to: { name: headerName(reader.name ?? ''), address: reader.email },
    subject: letter.subject,
    text: textOf(letter),
    html: htmlOf(letter, DEFAULT_LOCALE),
    date: clock.now(),
    ...(letter.invitation ? { invitation: letter.invitation } : {}),
    ...(letter.unsubscribe
      ? { unsubscribe: unsubscribeBy(letter.unsubscribe.url, config.mailUnsubscribe) }
      : {}),
  });
  return 'sent';
}

/** By the address with the token, and by mail to the operator where one is configured. */
function unsubscribeBy(url: string, address: string | undefined) {
  if (!address) return { url };
  const token = url.slice(url.lastIndexOf('/') + 1);
  return { url, mailto: `mailto:${address}?subject=afmelden%20${token}` };
}

/** The address, looked up at the last moment; an address that no header can carry is none. */
async function reach({ db, clock }: Services, mail: DueMail): Promise<Reach | undefined> {
  const { wijkId, audience, membershipId, questionId, address, params } = mail;
  let found: Reach | undefined;
  if (audience === 'member' && membershipId) found = await reachMember(db, wijkId, membershipId);
  if (audience === 'asker' && questionId) found = await reachAsker(db, wijkId, questionId);
  if (audience === 'address' && address) found = { email: address, name: null };
  if (audience === 'address' && params.invitation)
    found = await readInvitationNews(db, wijkId, params.invitation, clock.now());
  if (!found) return undefined;
  try {
    return { ...found, email: normaliseEmail(found.email) };
  } catch {
    return undefined;
  }
}

/** The kind of error alone: its message may quote what someone typed. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');

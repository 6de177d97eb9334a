import type { sendTestMail as contract, ReplyOf } from '@wijk/contracts';
import type { SignedInActor } from '@wijk/domain/identity';
import { DEFAULT_LOCALE, t } from '@wijk/i18n';
import type { Services } from '../../services.ts';
import { addressOf } from '../identity/index.ts';
import { headerName, tryMail } from '../notifications/index.ts';
import type { Wijk } from '../wijk/index.ts';

/** Sends a mail to the admin's own address right now, and tells what the mail server said. */
export async function sendTestMail(
  services: Services,
  wijk: Wijk,
  actor: SignedInActor,
): Promise<ReplyOf<typeof contract>> {
  const { db, config, smtpUrl, clock, log } = services;
  const to = await addressOf(db, actor.personId);
  const startedAt = performance.now();
  const trial = await tryMail(smtpUrl, {
    from: { name: headerName(wijk.name), address: config.mailFrom },
    to,
    subject: t(DEFAULT_LOCALE, 'page.testMail.subject', { wijk: wijk.name }),
    text: t(DEFAULT_LOCALE, 'page.testMail.text', { wijk: wijk.name }),
    date: clock.now(),
  });
  log.info({ outcome: trial.outcome, server: trial.server }, 'test mail');
  return { ...trial, to, ms: Math.round(performance.now() - startedAt) };
}

import { MAIL_CATEGORIES, type MailCategory } from '@wijk/contracts';
import { type Executor, inTransaction } from '@wijk/db/kernel';
import {
  listHolders,
  type OptOutOf,
  readRefused,
  refuseMail,
  wantMail,
} from '@wijk/db/notifications';
import type { Member } from '@wijk/domain/identity';
import type { Services } from '../../services.ts';
import { categoriesFor } from './kinds.ts';
import { openUnsubscribe } from './unsubscribe-token.ts';

export interface Choice {
  category: MailCategory;
  wanted: boolean;
}

async function choicesOf(
  db: Executor,
  wijkId: string,
  whose: OptOutOf,
  categories: readonly MailCategory[],
): Promise<Choice[]> {
  const refused = await readRefused(db, wijkId, whose);
  return categories.map((category) => ({ category, wanted: !refused.has(category) }));
}

/** What is not wanted is refused; of kinds that were not on offer nothing changes. */
async function choose(
  { db, clock }: Services,
  wijkId: string,
  whose: OptOutOf,
  offered: readonly MailCategory[],
  wanted: readonly MailCategory[],
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const refused = offered.filter((category) => !wanted.includes(category));
    await refuseMail(tx, wijkId, whose, refused, clock.now());
    await wantMail(
      tx,
      wijkId,
      whose,
      offered.filter((category) => wanted.includes(category)),
    );
  });
}

const self = ({ membershipId }: Member): OptOutOf => ({ audience: 'member', membershipId });

export async function ownChoices({ db }: Services, actor: Member): Promise<Choice[]> {
  return choicesOf(db, actor.wijkId, self(actor), categoriesFor(actor.roles));
}

export async function changeOwnChoices(
  services: Services,
  actor: Member,
  wanted: readonly MailCategory[],
): Promise<void> {
  await choose(services, actor.wijkId, self(actor), categoriesFor(actor.roles), wanted);
}

/** What a link may change: of an asker the mail about that one question, of a member all their mail. */
async function offeredBy(
  { db, clock }: Services,
  wijkId: string,
  { whose, category }: { whose: OptOutOf; category: MailCategory },
): Promise<MailCategory[]> {
  if (whose.audience === 'asker') return [category];
  const now = clock.now();
  const roles = new Set<string>();
  for (const role of ['expert', 'editor', 'chief-editor'])
    if ((await listHolders(db, wijkId, [role], now)).includes(whose.membershipId)) roles.add(role);
  const offered = categoriesFor(roles);
  // a mail of a kind that came before the role ended can still be refused
  return MAIL_CATEGORIES.filter((one) => one === category || offered.includes(one));
}

/** @throws `notifications.link-unknown` */
export async function linkChoices(
  services: Services,
  wijkId: string,
  token: string,
): Promise<{ category: MailCategory; audience: 'member' | 'asker'; choices: Choice[] }> {
  const about = openUnsubscribe(services.secret, wijkId, token);
  const offered = await offeredBy(services, wijkId, about);
  return {
    category: about.category,
    audience: about.whose.audience,
    choices: await choicesOf(services.db, wijkId, about.whose, offered),
  };
}

/** @throws `notifications.link-unknown` */
export async function changeLinkChoices(
  services: Services,
  wijkId: string,
  token: string,
  wanted: readonly MailCategory[],
): Promise<void> {
  const about = openUnsubscribe(services.secret, wijkId, token);
  const offered = await offeredBy(services, wijkId, about);
  await choose(services, wijkId, about.whose, offered, wanted);
}

/**
 * One press at a mail provider (RFC 8058): refuses the kind of the mail and nothing else.
 * @throws `notifications.link-unknown`
 */
export async function unsubscribe(
  { db, clock, secret }: Services,
  wijkId: string,
  token: string,
): Promise<void> {
  const { whose, category } = openUnsubscribe(secret, wijkId, token);
  await refuseMail(db, wijkId, whose, [category], clock.now());
}

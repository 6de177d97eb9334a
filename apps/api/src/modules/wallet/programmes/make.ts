import { randomUUID } from 'node:crypto';
import type {
  addSupplier as addContract,
  BodyOf,
  createProgramme as createContract,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addSupplier as addRow,
  endSupplier as endRow,
  insertProgramme,
  lockProgramme,
  type Programme,
  readHolders,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { validateProgramme } from '@wijk/domain/wallet';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { note, pressed } from '../control/act.ts';

/** @throws `kernel.invalid` with every field at fault */
export async function createProgramme(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof createContract>,
  key: string,
): Promise<{ id: string }> {
  const now = services.clock.now();
  validateProgramme(body, localDateOf(now, wijk.timeZone));
  assertThemes(wijk, body.themes, 'themes');
  const press = { wijkId: wijk.id, actor, route: 'createProgramme', key, body };
  return inTransaction(services.db, (tx) =>
    pressed(services, tx, press, async () => {
      const id = uuidv7(now);
      const accountId = randomUUID();
      const limits = { min: 0, max: null, daily: null };
      await services.book.open(tx, { wijkId: wijk.id, id: accountId, kind: 'programme', limits });
      const row: Programme = {
        ...body,
        wijkId: wijk.id,
        id,
        accountId,
        madeBy: actor.membershipId,
        madeAt: now,
        closedAt: null,
      };
      await insertProgramme(tx, row);
      await note(services, tx, wijk.id, {
        kind: 'programme-made',
        by: actor.membershipId,
        subject: id,
        detail: { each: body.perParticipant, from: body.startsOn, until: body.endsOn },
      });
      return { id };
    }),
  );
}

function assertThemes(wijk: Wijk, slugs: readonly string[], pointer: string): void {
  if (slugs.every((slug) => wijk.themes.some((theme) => theme.slug === slug))) return;
  const errors = [{ pointer, code: 'invalid-choice' }];
  throw new DomainError('invalid', 'kernel.invalid', { errors });
}

export const programmeNotFound = () => new DomainError('not-found', 'wallet.programme-not-found');

/**
 * Lets an organisation take part, with what it offers.
 * @throws `wallet.programme-not-found`, `wallet.programme-ended`, `wallet.account-not-found`
 */
export async function addSupplier(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ids: { programme: string; account: string },
  { kind, theme }: BodyOf<typeof addContract>,
): Promise<void> {
  assertThemes(wijk, [theme], 'theme');
  await inTransaction(services.db, async (tx) => {
    const programme = await lockProgramme(tx, wijk.id, ids.programme);
    if (!programme) throw programmeNotFound();
    if (programme.closedAt) throw new DomainError('conflict', 'wallet.programme-ended');
    const [holder] = await readHolders(tx, wijk.id, [ids.account]);
    if (holder?.kind !== 'organisation' || holder.closed)
      throw new DomainError('not-found', 'wallet.account-not-found');
    const offers = [
      [programme.kinds.length > 0 && !programme.kinds.includes(kind), 'kind'],
      [programme.themes.length > 0 && !programme.themes.includes(theme), 'theme'],
    ] as const;
    const errors = offers.flatMap(([bad, pointer]) =>
      bad ? [{ pointer, code: 'not-in-programme' }] : [],
    );
    if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
    const row = {
      wijkId: wijk.id,
      programmeId: programme.id,
      accountId: ids.account,
      kind,
      theme,
      since: services.clock.now(),
    };
    if (!(await addRow(tx, row))) return;
    await note(services, tx, wijk.id, {
      kind: 'supplier-added',
      by: actor.membershipId,
      subject: programme.id,
      detail: { account: ids.account },
    });
  });
}

/** @throws `wallet.supplier-not-found` */
export async function endSupplier(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { programme, account }: { programme: string; account: string },
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    if (!(await endRow(tx, wijk.id, programme, account, services.clock.now())))
      throw new DomainError('not-found', 'wallet.supplier-not-found');
    await note(services, tx, wijk.id, {
      kind: 'supplier-ended',
      by: actor.membershipId,
      subject: programme,
      detail: { account },
    });
  });
}

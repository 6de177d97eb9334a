import type {
  addOperator as addContract,
  BodyOf,
  changeOrganisation as changeContract,
  changeOperator as changeOperatorContract,
  createOrganisation as createContract,
  ParamsOf,
} from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import * as store from '@wijk/db/wallet';
import { can, type Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertManagerLeft } from '@wijk/domain/wallet';
import type { Services } from '../../../services.ts';
import { membersByEmail, readMember } from '../../identity/index.ts';
import { type ControlKind, note, pressed } from '../control/act.ts';
import { ensureHolder } from '../holders.ts';
import type { Wijk } from '../pay.ts';

const fault = (pointer: string, code: string) =>
  new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer, code }] });
const organisationNotFound = () => new DomainError('not-found', 'wallet.organisation-not-found');
const operatorNotFound = () => new DomainError('not-found', 'wallet.operator-not-found');

/** By address: for officers of the wijk, who see its members anyway. */
async function managerAt(tx: Transaction, wijk: Wijk, email: string): Promise<string> {
  const address = email.toLowerCase();
  const found = (await membersByEmail(tx, wijk.id, [address])).get(address);
  if (!found) throw fault('manager', 'not-a-member');
  return found;
}

/**
 * Makes an organisation with its account and its first manager, who has no limit of their own.
 * @throws `kernel.invalid` at `manager`: nobody of the wijk has that address
 */
export async function createOrganisation(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof createContract>,
  key: string,
): Promise<{ id: string }> {
  const press = { wijkId: wijk.id, actor, route: 'createOrganisation', key, body };
  return inTransaction(services.db, (tx) =>
    pressed(services, tx, press, async () => {
      const now = services.clock.now();
      const manager = await managerAt(tx, wijk, body.manager);
      const id = uuidv7(now);
      const { name, about } = body;
      await store.insertOrganisation(tx, wijk.id, { id, name, about, createdAt: now });
      await store.addOperator(tx, wijk.id, {
        ...{ organisationId: id, membershipId: manager, since: now },
        ...{ role: 'manager', dailyLimit: null },
      });
      await ensureHolder(services, tx, wijk.id, { kind: 'organisation', organisationId: id });
      const by = actor.membershipId;
      await note(services, tx, wijk.id, { kind: 'organisation-made', by, subject: id });
      return { id };
    }),
  );
}

/** @throws `wallet.organisation-not-found` */
export async function changeOrganisation(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
  { name, about, closed }: BodyOf<typeof changeContract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const was = await store.lockOrganisation(tx, wijk.id, id);
    if (!was) throw organisationNotFound();
    const closedAt = closed ? (was.closedAt ?? services.clock.now()) : null;
    await store.changeOrganisation(tx, wijk.id, id, { name, about, closedAt });
    await note(services, tx, wijk.id, {
      ...{ kind: 'organisation-changed', by: actor.membershipId, subject: id },
      detail: { closed: closed ? 1 : 0 },
    });
  });
}

/** What changes who acts for an organisation, one after the other, by a manager or an officer of the wijk. */
async function managing(
  services: Services,
  actor: Member,
  wijk: Wijk,
  organisation: string,
  work: (
    tx: Transaction,
    byOfficer: boolean,
  ) => Promise<{ kind: ControlKind; member: string } | null>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const there = await store.lockOrganisation(tx, wijk.id, organisation);
    const byOfficer = can(actor, 'wallet.organisations');
    const role = await store.roleIn(tx, wijk.id, organisation, actor.membershipId);
    if (!there || (!byOfficer && !role)) throw organisationNotFound();
    if (!byOfficer && role !== 'manager') throw new DomainError('forbidden', 'wallet.not-manager');
    const done = await work(tx, byOfficer);
    if (!done) return;
    await note(services, tx, wijk.id, {
      ...{ kind: done.kind, by: actor.membershipId, subject: organisation },
      detail: { member: done.member },
    });
  });
}

/**
 * Lets a member act for the organisation, from this moment on. They are found by name, as whoever is paid:
 * an e-mail address would tell a manager whether its owner is of the wijk.
 * @throws `wallet.organisation-not-found`, `wallet.not-manager`, `identity.member-not-found`;
 *   `kernel.invalid` at `member`
 */
export async function addOperator(
  services: Services,
  actor: Member,
  wijk: Wijk,
  organisation: string,
  { member, role, dailyLimit }: BodyOf<typeof addContract>,
): Promise<void> {
  await managing(services, actor, wijk, organisation, async (tx) => {
    const now = services.clock.now();
    await readMember(tx, wijk.id, member, now);
    const added = await store.addOperator(tx, wijk.id, {
      ...{ organisationId: organisation, membershipId: member, since: now },
      ...{ role, dailyLimit },
    });
    if (!added) throw fault('member', 'already-operator');
    return { kind: 'operator-added', member };
  });
}

/** @throws `wallet.operator-not-found`, `wallet.last-manager`, and what `addOperator` says */
export async function changeOperator(
  services: Services,
  actor: Member,
  wijk: Wijk,
  {
    organisation,
    member,
  }: Pick<ParamsOf<typeof changeOperatorContract>, 'organisation' | 'member'>,
  { role, dailyLimit }: BodyOf<typeof changeOperatorContract>,
): Promise<void> {
  await managing(services, actor, wijk, organisation, async (tx, byOfficer) => {
    if (role !== 'manager')
      assertManagerLeft(await store.managersOf(tx, wijk.id, organisation), member, byOfficer);
    const change = { role, dailyLimit };
    if (!(await store.changeOperator(tx, wijk.id, organisation, member, change)))
      throw operatorNotFound();
    return { kind: 'operator-changed', member };
  });
}

/**
 * Takes the right to act away. A payment that is being made at this moment is waited for, and the next one
 * is refused. Everybody may stop by themselves, but the last manager.
 * @throws as `changeOperator`
 */
export async function removeOperator(
  services: Services,
  actor: Member,
  wijk: Wijk,
  {
    organisation,
    member,
  }: Pick<ParamsOf<typeof changeOperatorContract>, 'organisation' | 'member'>,
): Promise<void> {
  const end = async (tx: Transaction, byOfficer: boolean) => {
    assertManagerLeft(await store.managersOf(tx, wijk.id, organisation), member, byOfficer);
    const change = { until: services.clock.now() };
    if (!(await store.changeOperator(tx, wijk.id, organisation, member, change)))
      throw operatorNotFound();
    return { kind: 'operator-ended', member } as const;
  };
  if (member !== actor.membershipId) {
    await managing(services, actor, wijk, organisation, end);
    return;
  }
  await inTransaction(services.db, async (tx) => {
    if (!(await store.lockOrganisation(tx, wijk.id, organisation))) throw organisationNotFound();
    const { kind } = await end(tx, can(actor, 'wallet.organisations'));
    await note(services, tx, wijk.id, {
      ...{ kind, by: member, subject: organisation },
      detail: { member },
    });
  });
}

import type { BodyOf, stepComplaint as contract, EventType, ReplyOf } from '@wijk/contracts';
import {
  appendEvent,
  type Executor,
  hintLive,
  inTransaction,
  type Transaction,
  violatedConstraint,
} from '@wijk/db/kernel';
import {
  type ComplaintChange,
  findComplaint,
  findComplaintPress,
  listComplaintEvents,
  lockComplaint,
  type StoredComplaint,
  saveComplaintStep,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  afterComplaintStep,
  type ComplaintActor,
  type ComplaintStep,
  type ComplaintVerdict,
  complaintOutcomeOf,
  countsAsLate,
  timingExtended,
  timingIn,
  validateComplaintStep,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import { readCalendar } from '../../wijk/index.ts';
import { membersOf } from '../orders/sides.ts';
import { aboutOf, complainantOf, complaintNotFound, rolesIn } from './roles.ts';
import { countBy, kindOf } from './terms.ts';

type Asked = BodyOf<typeof contract>;
type Stepped = ReplyOf<typeof contract>;

/**
 * Takes a step of a complaint, once for one press (M8): who may, and what follows, is decided behind its lock; the
 * complaint, its timeline and its event change in one transaction.
 * @throws `market.complaint-not-found`, `market.both-sides`, `market.complaint-moved` {name, kind, version}, what
 *   `afterComplaintStep` says, `kernel.invalid`, `kernel.idempotency-mismatch`
 */
export async function stepComplaint(
  services: Services,
  actor: Member,
  ref: string,
  asked: Asked,
  pressId: string,
): Promise<Stepped> {
  const { wijkId, membershipId: by } = actor;
  const pressed = { ref, pressId, by, ...asked };
  try {
    return await inTransaction(services.db, async (tx) => {
      const complaint = await lockComplaint(tx, wijkId, ref);
      if (!complaint) throw complaintNotFound();
      const events = await listComplaintEvents(tx, wijkId, complaint.id);
      const roles = await rolesIn(tx, complaint, actor, events);
      if (roles.size === 0) throw complaintNotFound();
      const before = await answeredBefore(tx, wijkId, pressed);
      if (before) return before;
      if (complaint.version !== asked.version) throw await movedOn(tx, complaint);
      validateComplaintStep(asked.step, asked);
      return await applyComplaintStep(services, tx, complaint, {
        ...{ step: asked.step, roles, by, pressId, note: asked.note, verdict: asked.verdict },
      });
    });
  } catch (error) {
    // the same press on another complaint was first by a moment
    if (violatedConstraint(error) !== 'complaint_event_press') throw error;
    throw new DomainError('conflict', 'kernel.idempotency-mismatch');
  }
}

export interface TakenComplaintStep {
  step: ComplaintStep;
  roles: ReadonlySet<ComplaintActor>;
  /** null: the clock */
  by: string | null;
  pressId: string;
  note: string;
  verdict: ComplaintVerdict | null;
}

/** The step itself, behind the lock on the complaint. @throws what `afterComplaintStep` says */
export async function applyComplaintStep(
  services: Services,
  tx: Transaction,
  complaint: StoredComplaint,
  taken: TakenComplaintStep,
): Promise<Stepped> {
  const now = services.clock.now();
  const { step, by, pressId, note } = taken;
  const { wijkId, id } = complaint;
  const late = isLate(complaint, now);
  const { state, actor } = afterComplaintStep({ ...complaint, late }, step, taken.roles);
  const says = step === 'answer' || step === 'propose' || step === 'decide';
  const verdict = says ? taken.verdict : null;
  const change = await changeOf(tx, complaint, { step, state, verdict, late, now });
  const nr = complaint.version + 1;
  await saveComplaintStep(tx, wijkId, id, change, {
    ...{ wijkId, complaintId: id, nr, pressId, step, actor, by, state, verdict, at: now },
    ...{ note: note.trim(), dueAt: change.dueAt ?? null },
  });
  await tellComplaint(services, tx, { wijkId, id, nr });
  return { ref: complaint.ref, nr, state };
}

export const isLate = ({ dueAt }: Pick<StoredComplaint, 'dueAt'>, now: Date): boolean =>
  dueAt !== null && now >= dueAt;

async function changeOf(
  tx: Executor,
  complaint: StoredComplaint,
  what: {
    step: ComplaintStep;
    state: StoredComplaint['state'];
    verdict: ComplaintVerdict | null;
    late: boolean;
    now: Date;
  },
): Promise<ComplaintChange> {
  const { step, state, late, now } = what;
  const kind = kindOf(complaint);
  const verdict = what.verdict ?? complaint.verdict;
  const outcome = complaintOutcomeOf(step, verdict);
  const base: ComplaintChange = {
    ...{ version: complaint.version + 1, verdict, dueAt: complaint.dueAt },
    providerLate: complaint.providerLate || (late && countsAsLate(complaint.state, kind)),
  };
  if (outcome !== null)
    return { ...base, state, outcome, closedAt: now, dueAt: null, clockAt: null };
  const count = countBy(await readCalendar(tx, complaint.wijkId, now));
  if (step === 'extend') {
    const dueAt = complaint.dueAt ?? now;
    const timing = timingExtended(complaint.state, kind, { dueAt, now }, count);
    return { ...base, ...timing, extended: true, overdue: now >= (timing.dueAt ?? now) };
  }
  // the clock goes on to the end of the term, and then waits for people
  if (step === 'remind') return { ...base, clockAt: complaint.dueAt };
  if (step === 'overdue') return { ...base, clockAt: null, overdue: true };
  if (step === 'add') return base;
  const timing = timingIn(state, kind, { lodgedAt: complaint.lodgedAt, now }, count);
  return { ...base, ...timing, state, extended: false, overdue: false };
}

async function answeredBefore(
  db: Executor,
  wijkId: string,
  pressed: Asked & { ref: string; pressId: string; by: string },
): Promise<Stepped | undefined> {
  const before = await findComplaintPress(db, wijkId, pressed.pressId);
  if (!before) return undefined;
  const same =
    before.step === pressed.step &&
    before.by === pressed.by &&
    before.of.ref === pressed.ref &&
    before.note === pressed.note.trim() &&
    (before.verdict === null || before.verdict === pressed.verdict);
  if (!same) throw new DomainError('conflict', 'kernel.idempotency-mismatch');
  return { ref: before.of.ref, nr: before.nr, state: before.state as Stepped['state'] };
}

/** Somebody took a step meanwhile: who and which, so that whoever pressed knows what to read anew. */
async function movedOn(db: Executor, complaint: StoredComplaint): Promise<DomainError> {
  const last = (await listComplaintEvents(db, complaint.wijkId, complaint.id)).at(-1);
  const names = last?.by ? await memberNames(db, complaint.wijkId, [last.by]) : new Map();
  return new DomainError('conflict', 'market.complaint-moved', {
    params: {
      name: names.get(last?.by ?? '') || '-',
      kind: `complaint-${last?.step ?? 'lodge'}`,
      version: complaint.version,
    },
  });
}

/** Its event, and a hint to the open pages of both sides. */
export async function tellComplaint(
  { subscriptions, clock }: Services,
  tx: Transaction,
  { wijkId, id, nr }: { wijkId: string; id: string; nr: number },
): Promise<void> {
  await appendEvent(tx, subscriptions, clock.now(), {
    wijkId,
    type: 'complaint.stepped.v1' satisfies EventType,
    payload: { complaintId: id, nr: String(nr) },
  });
  const complaint = await findComplaint(tx, wijkId, { id });
  if (!complaint) return;
  const both = await Promise.all(
    [complainantOf(complaint), aboutOf(complaint)].map((party) => membersOf(tx, wijkId, party)),
  );
  const members = [...new Set(both.flat())];
  await hintLive(tx, ...members.map((m) => ({ w: wijkId, t: 'me', m, k: 'complaint' })));
}

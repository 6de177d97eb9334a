import type {
  adoptCriteria as adoptContract,
  BodyOf,
  ReplyOf,
  readCriteriaVersions as readContract,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addCriteria,
  addSetupChange,
  ensureCriteria,
  listCriteria,
  lockSetup,
  readCriteria,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import {
  type CriteriaSubject,
  type Criterion,
  compareCriteria,
  validateCriteria,
  versionAfter,
} from '@wijk/domain/market';
import { slugify } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

/** Every version, newest first; what every wijk starts with where it adopted nothing. */
export async function criteriaVersions(
  { db }: Services,
  wijk: Wijk,
  subject: CriteriaSubject,
): Promise<ReplyOf<typeof readContract>> {
  const versions = await listCriteria(db, wijk.id, subject);
  if (versions.length > 0)
    return {
      versions: versions.map(({ version, criteria, adoptedAt, by }) => ({
        ...{ version, criteria: [...criteria], adoptedAt: adoptedAt.toISOString(), by },
      })),
    };
  const { version, criteria } = await readCriteria(db, wijk.id, subject);
  return { versions: [{ version, criteria: [...criteria], adoptedAt: null, by: null }] };
}

/** Keys stay with a criterion that is worded anew; a new one gets one that was never used in this list. */
function keyed(
  given: BodyOf<typeof adoptContract>['criteria'],
  used: readonly string[],
): Criterion[] {
  const taken = new Set([...used, ...given.flatMap(({ key }) => (key === null ? [] : [key]))]);
  return given.map(({ key, name, question }) => {
    if (key !== null) return { key, name, question };
    const base = slugify(name).slice(0, 40);
    let fresh = base;
    for (let n = 2; taken.has(fresh); n++) fresh = `${base}-${n}`;
    taken.add(fresh);
    return { key: fresh, name, question };
  });
}

const textsOf = (criteria: readonly Criterion[]) =>
  Object.fromEntries(criteria.map(({ key, name, question }) => [key, `${name}|${question}`]));

/**
 * Adopts another version. Rounds that are open and what was decided stay with the version of then; it holds for
 * those that open from now on. The same criteria once more are no other version.
 * @throws `market.setup-changed` where another was adopted meanwhile, `kernel.invalid`
 */
export async function adoptCriteria(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  subject: CriteriaSubject,
  { basedOn, criteria: given }: BodyOf<typeof adoptContract>,
): Promise<ReplyOf<typeof adoptContract>> {
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    await lockSetup(tx, wijk.id);
    const current = await ensureCriteria(tx, wijk.id, now, subject);
    const known = await listCriteria(tx, wijk.id, subject);
    const used = known.flatMap((one) => one.criteria.map(({ key }) => key));
    const unknown = given.findIndex(({ key }) => key !== null && !used.includes(key));
    if (unknown >= 0)
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: `criteria.${unknown}.name`, code: 'invalid-choice' }],
      });
    const criteria = keyed(given, used);
    validateCriteria(criteria);
    const isSame = compareCriteria(current.criteria, criteria).every(({ kind }) => kind === 'same');
    if (isSame) return { version: current.version };
    if (basedOn !== current.version) throw new DomainError('conflict', 'market.setup-changed');
    const version = versionAfter(current.version);
    const by = actor.membershipId;
    const row = { wijkId: wijk.id, version, criteria, adoptedAt: now, adoptedBy: by };
    if (!(await addCriteria(tx, subject, row)))
      throw new DomainError('conflict', 'market.setup-changed');
    await addSetupChange(tx, {
      ...{ wijkId: wijk.id, id: uuidv7(now), by, at: now },
      kind: subject === 'apps' ? 'apps-criteria' : 'providers-criteria',
      before: textsOf(current.criteria),
      after: textsOf(criteria),
    });
    return { version };
  });
}

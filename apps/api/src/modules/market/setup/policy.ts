import type {
  BodyOf,
  changeMarketPolicy as policyContract,
  ReplyOf,
  readMarketSetup as setupContract,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addPolicy,
  addSetupChange,
  listAreas,
  listMarketThemes,
  listSetupChanges,
  lockSetup,
  type NamedChange,
  policyVersion,
  readMarketPolicy,
  readPlaces,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { type MarketPolicy, validateMarketPolicy } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

const LISTED = 60;

/** What differs between two records of texts, in the order of the later one. */
function changedIn({ before, after }: Pick<NamedChange, 'before' | 'after'>) {
  const was = (before ?? {}) as Record<string, string>;
  const is = (after ?? {}) as Record<string, string>;
  return [...new Set([...Object.keys(is), ...Object.keys(was)])]
    .filter((what) => was[what] !== is[what])
    .map((what) => ({ what, before: was[what] ?? null, after: is[what] ?? null }));
}

/** How the market is set up now, and who changed what when. */
export async function readMarketSetup(
  { db }: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof setupContract>> {
  const [version, policy, ownThemes, ownAreas, places, changes] = await Promise.all([
    policyVersion(db, wijk.id),
    readMarketPolicy(db, wijk.id),
    listMarketThemes(db, wijk.id),
    listAreas(db, wijk.id),
    readPlaces(db, wijk.id),
    listSetupChanges(
      db,
      wijk.id,
      ['policy', 'themes', 'areas', 'apps-criteria', 'providers-criteria', 'terms'],
      LISTED,
    ),
  ]);
  const standing = { retired: false };
  return {
    ...{ policyVersion: version, policy },
    themes:
      ownThemes.length > 0 ? ownThemes : places.themes.map((one) => ({ ...one, ...standing })),
    areas: ownAreas.length > 0 ? ownAreas : places.areas.map((one) => ({ ...one, ...standing })),
    changes: changes.map((one) => ({
      ...{ id: one.id, kind: one.kind, by: one.by, at: one.at.toISOString() },
      changed: changedIn(one),
    })),
  };
}

const textsOf = (policy: MarketPolicy): Record<string, string> =>
  Object.fromEntries(Object.entries(policy).map(([name, value]) => [name, String(value)]));

/**
 * Adds a version of the rules. What runs keeps those that it began with, and what stands on the market stays. The
 * same rules once more are no other version.
 * @throws `market.setup-changed` where somebody else was first, `kernel.invalid`
 */
export async function changeMarketPolicy(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  { basedOn, policy }: BodyOf<typeof policyContract>,
): Promise<ReplyOf<typeof policyContract>> {
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    validateMarketPolicy(policy);
    await lockSetup(tx, wijk.id);
    const version = await policyVersion(tx, wijk.id);
    const before = textsOf(await readMarketPolicy(tx, wijk.id));
    const after = textsOf(policy);
    if (Object.keys(after).every((name) => before[name] === after[name])) return { version };
    if (basedOn !== version) throw new DomainError('conflict', 'market.setup-changed');
    const by = actor.membershipId;
    await addPolicy(tx, {
      ...{ wijkId: wijk.id, version: version + 1, ...policy, madeAt: now, madeBy: by },
    });
    await addSetupChange(tx, {
      ...{ wijkId: wijk.id, id: uuidv7(now), kind: 'policy', before, after, by, at: now },
    });
    return { version: version + 1 };
  });
}

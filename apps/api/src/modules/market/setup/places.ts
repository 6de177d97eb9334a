import type {
  changeAreas as areasContract,
  BodyOf,
  ReplyOf,
  changeMarketThemes as themesContract,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addSetupChange,
  ensurePlaces,
  ensureWholeWijk,
  keepAreas,
  keepMarketThemes,
  listAreas,
  listMarketThemes,
  lockSetup,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { uuidv7 } from '@wijk/domain/kernel';
import { validateAreas, validateMarketThemes, WHOLE_WIJK } from '@wijk/domain/market';
import { slugify } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

/** A slug that nothing has yet, after a name. */
function freeSlug(name: string, taken: Set<string>): string {
  const base = slugify(name).slice(0, 50);
  let slug = base;
  for (let n = 2; taken.has(slug); n++) slug = `${base}-${n}`;
  taken.add(slug);
  return slug;
}

function named<T extends { slug: string | null; name: string }>(
  rows: readonly T[],
): (Omit<T, 'slug'> & { slug: string })[] {
  const taken = new Set(rows.flatMap(({ slug }) => (slug === null ? [] : [slug])));
  return rows.map((row) => ({ ...row, slug: row.slug ?? freeSlug(row.name, taken) }));
}

const same = (a: Record<string, string>, b: Record<string, string>) =>
  JSON.stringify(Object.entries(a)) === JSON.stringify(Object.entries(b));

/** Name, and whether it is about health or put away, as the log of changes compares them. */
const themeTexts = (
  themes: readonly { slug: string; name: string; health: boolean; retired: boolean }[],
): Record<string, string> =>
  Object.fromEntries(
    themes.map(({ slug, name, health, retired }) => [
      slug,
      [name, ...(health ? ['health'] : []), ...(retired ? ['retired'] : [])].join('|'),
    ]),
  );

/**
 * Keeps the themes in this order. What somebody uses keeps its theme, also one that was put away.
 * @throws `kernel.invalid` with every field at fault
 */
export async function changeMarketThemes(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  { themes }: BodyOf<typeof themesContract>,
): Promise<ReplyOf<typeof themesContract>> {
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    await lockSetup(tx, wijk.id);
    await ensurePlaces(tx, wijk.id);
    const had = await listMarketThemes(tx, wijk.id);
    validateMarketThemes(
      themes,
      had.map(({ slug }) => slug),
    );
    const kept = named(themes);
    const [before, after] = [themeTexts(had), themeTexts(kept)];
    if (!same(before, after)) {
      await keepMarketThemes(tx, wijk.id, kept, now);
      await addSetupChange(tx, {
        ...{ wijkId: wijk.id, id: uuidv7(now), kind: 'themes', before, after },
        ...{ by: actor.membershipId, at: now },
      });
    }
    return { themes: kept.length };
  });
}

const areaTexts = (
  areas: readonly {
    slug: string;
    name: string;
    latitude: number;
    longitude: number;
    retired: boolean;
  }[],
): Record<string, string> =>
  Object.fromEntries(
    areas.map(({ slug, name, latitude, longitude, retired }) => [
      slug,
      [name, `${latitude}, ${longitude}`, ...(retired ? ['retired'] : [])].join('|'),
    ]),
  );

/**
 * Keeps the areas in this order, with their middles. The area of the whole wijk is always there and has none.
 * @throws `kernel.invalid` with every field at fault
 */
export async function changeAreas(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  { areas }: BodyOf<typeof areasContract>,
): Promise<ReplyOf<typeof areasContract>> {
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    await lockSetup(tx, wijk.id);
    await ensureWholeWijk(tx, wijk.id);
    const had = await listAreas(tx, wijk.id);
    const whole = had.find(({ slug }) => slug === WHOLE_WIJK.slug);
    const isNamed = areas.some(({ slug }) => slug === WHOLE_WIJK.slug);
    const given = whole && !isNamed ? [...areas, whole] : areas;
    validateAreas(
      given,
      had.map(({ slug }) => slug),
    );
    const kept = named(given).map(({ latitude, longitude, ...one }) => ({
      ...one,
      latitude: one.slug === WHOLE_WIJK.slug ? 0 : (latitude ?? 0),
      longitude: one.slug === WHOLE_WIJK.slug ? 0 : (longitude ?? 0),
    }));
    const [before, after] = [areaTexts(had), areaTexts(kept)];
    if (!same(before, after)) {
      await keepAreas(tx, wijk.id, kept, now);
      await addSetupChange(tx, {
        ...{ wijkId: wijk.id, id: uuidv7(now), kind: 'areas', before, after },
        ...{ by: actor.membershipId, at: now },
      });
    }
    return { areas: kept.length };
  });
}

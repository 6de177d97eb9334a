import type {
  addSynonyms as addContract,
  BodyOf,
  changeSynonyms as changeContract,
  Events,
  SynonymSet,
} from '@wijk/contracts';
import { appendEvent, type Executor, inTransaction, once, type Transaction } from '@wijk/db/kernel';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  deleteSynonyms,
  listSynonyms,
  putSynonyms,
  type SynonymSet as StoredSynonyms,
} from '@wijk/search';
import type { Services } from '../../services.ts';
import { readMember } from '../identity/index.ts';
import type { Wijk } from '../wijk/index.ts';

const view = (
  { id, words, version, updatedBy }: StoredSynonyms,
  names: ReadonlyMap<string, string>,
): SynonymSet => ({
  id,
  words,
  version,
  changedBy: updatedBy && (names.get(updatedBy) ?? null),
});

/** Names of the editors who changed these; of one who is no longer known there is none. */
async function namesOf(
  services: Services,
  db: Executor,
  wijk: Wijk,
  sets: readonly StoredSynonyms[],
) {
  const ids = new Set(sets.flatMap((set) => set.updatedBy ?? []));
  const names = new Map<string, string>();
  for (const id of ids) {
    const member = await readMember(db, wijk.id, id, services.clock.now()).catch(unlessGone);
    if (member?.name) names.set(id, member.name);
  }
  return names;
}

function unlessGone(error: unknown): undefined {
  if (error instanceof DomainError && error.kind === 'not-found') return undefined;
  throw error;
}

/** The sets of the wijk, by their first word. */
export async function readSynonyms(services: Services, wijk: Wijk) {
  const sets = await listSynonyms(services.db, wijk.id);
  const names = await namesOf(services, services.db, wijk, sets);
  return { items: sets.map((set) => view(set, names)) };
}

const folded = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @returns each word once, whatever its capitals and accents */
function different(words: readonly string[]): string[] {
  const seen = new Set<string>();
  const once = words.filter((word) => !seen.has(folded(word)) && seen.add(folded(word)));
  if (once.length < 2)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'words', code: 'too-few-words' }],
    });
  return once;
}

/** Who did what when is kept as an event, with ids only. */
function tell(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  payload: Events['synonyms.changed.v1'],
) {
  return appendEvent(tx, services.subscriptions, services.clock.now(), {
    wijkId: wijk.id,
    type: 'synonyms.changed.v1',
    payload,
  });
}

/**
 * Adds words that mean the same; searches know it from the commit on. The same key adds once.
 * @throws `search.too-many-synonyms`
 */
export async function addSynonyms(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof addContract>,
  key: string,
): Promise<SynonymSet> {
  const words = different(body.words);
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const press = {
      wijkId: wijk.id,
      person: actor.personId,
      route: 'addSynonyms',
      key,
      body,
      secret: services.secret,
    };
    const { reply } = await once(tx, press, now, async () => {
      const updatedBy = actor.membershipId;
      const set = await putSynonyms(tx, wijk.id, { words, updatedBy, now });
      await tell(services, tx, wijk, { synonymsId: set.id, actorId: updatedBy, change: 'added' });
      return view(set, await namesOf(services, tx, wijk, [set]));
    });
    return reply;
  });
}

/**
 * Changes such a set.
 * @throws `search.synonyms-changed` when it is not the version that was looked at;
 *   `search.synonyms-not-found`
 */
export async function changeSynonyms(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
  body: BodyOf<typeof changeContract>,
): Promise<SynonymSet> {
  const words = different(body.words);
  return inTransaction(services.db, async (tx) => {
    const set = await putSynonyms(tx, wijk.id, {
      id,
      version: body.version,
      words,
      updatedBy: actor.membershipId,
      now: services.clock.now(),
    });
    const { membershipId: actorId } = actor;
    await tell(services, tx, wijk, { synonymsId: id, actorId, change: 'changed' });
    return view(set, await namesOf(services, tx, wijk, [set]));
  });
}

/** @throws `search.synonyms-not-found`, `search.synonyms-changed` */
export async function removeSynonyms(
  services: Services,
  { membershipId: actorId }: Member,
  wijk: Wijk,
  id: string,
  version: number,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const set = (await listSynonyms(tx, wijk.id)).find((one) => one.id === id);
    if (!set) throw new DomainError('not-found', 'search.synonyms-not-found');
    if (set.version !== version) throw new DomainError('conflict', 'search.synonyms-changed');
    await deleteSynonyms(tx, wijk.id, id);
    await tell(services, tx, wijk, { synonymsId: id, actorId, change: 'removed' });
  });
}

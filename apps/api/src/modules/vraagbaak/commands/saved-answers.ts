import type {
  BodyOf,
  changeSavedAnswer as changeContract,
  createSavedAnswer as createContract,
  SavedAnswer,
} from '@wijk/contracts';
import { inTransaction, once } from '@wijk/db/kernel';
import {
  deleteSavedAnswer as deleteRow,
  insertSavedAnswer,
  lockSavedAnswer,
  listSavedAnswers as readSavedAnswers,
  type StoredSavedAnswer,
  updateSavedAnswer,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertTheme } from './ask-question.ts';

const view = ({ id, title, body, use, theme, version }: StoredSavedAnswer): SavedAnswer => ({
  id,
  title,
  body,
  use,
  theme,
  version,
});

const notFound = () => new DomainError('not-found', 'vraagbaak.saved-answer-not-found');

/** Texts that the redactie uses again, by title (V6). */
export async function listSavedAnswers(services: Services, wijk: Wijk) {
  return { items: (await readSavedAnswers(services.db, wijk.id)).map(view) };
}

/** Keeps a text; the same key keeps one. */
export async function createSavedAnswer(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof createContract>,
  key: string,
): Promise<SavedAnswer> {
  if (body.theme) assertTheme(wijk, body.theme);
  return inTransaction(services.db, async (tx) => {
    const press = {
      wijkId: wijk.id,
      person: actor.personId,
      route: 'createSavedAnswer',
      key,
      body,
      secret: services.secret,
    };
    const now = services.clock.now();
    const { reply } = await once(tx, press, now, async () =>
      view(
        await insertSavedAnswer(tx, {
          ...body,
          wijkId: wijk.id,
          id: uuidv7(now),
          updatedAt: now,
          updatedBy: actor.membershipId,
        }),
      ),
    );
    return reply;
  });
}

/**
 * Changes a kept text.
 * @throws `vraagbaak.changed-meanwhile` with who did, when it is not the version that was looked at
 */
export async function changeSavedAnswer(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
  { version, ...changes }: BodyOf<typeof changeContract>,
): Promise<SavedAnswer> {
  if (changes.theme) assertTheme(wijk, changes.theme);
  return inTransaction(services.db, async (tx) => {
    const stored = await lockSavedAnswer(tx, wijk.id, id);
    if (!stored) throw notFound();
    if (stored.version !== version)
      throw new DomainError('conflict', 'vraagbaak.changed-meanwhile', {
        params: { name: stored.updatedByName ?? '', kind: 'saved-answer' },
      });
    const next = {
      ...changes,
      version: version + 1,
      updatedAt: services.clock.now(),
      updatedBy: actor.membershipId,
    };
    await updateSavedAnswer(tx, wijk.id, id, next);
    return view({ ...stored, ...next });
  });
}

export async function deleteSavedAnswer(services: Services, wijk: Wijk, id: string): Promise<void> {
  const found = await inTransaction(services.db, (tx) => deleteRow(tx, wijk.id, id));
  if (!found) throw notFound();
}

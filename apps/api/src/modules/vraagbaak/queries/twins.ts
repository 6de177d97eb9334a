import type { ReplyOf, readTwins as readContract, readOwnSide } from '@wijk/contracts';
import {
  listLooksAt,
  listLooks as listLooksOfWijk,
  listTwins,
  readAnswer,
  readQuestion,
  readTwinOfPublic,
  readTwins,
  type TwinView,
} from '@wijk/db/vraagbaak';
import type { Actor } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  assertMayPropose,
  isManyLooks,
  lookOf,
  mayGoAlong,
  TWIN_CONSENT,
} from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion, viewerOf } from '../access.ts';
import { cursorOf, readCursor } from '../present.ts';

const titled = ({ ref, slug, title }: { ref: string; slug: string; title: string }) => ({
  ref,
  slug,
  title,
});

function twinView(twin: TwinView, wijk: Wijk) {
  return {
    id: twin.id,
    title: twin.title,
    body: twin.body,
    theme: {
      slug: twin.theme,
      name: wijk.themes.find(({ slug }) => slug === twin.theme)?.name ?? twin.theme,
    },
    answer: twin.answerBy && { body: twin.answerBody, author: twin.answerBy },
    message: twin.message,
    proposedAt: twin.proposedAt.toISOString(),
  };
}

/** The private question that a public version came of; for its asker and the redactie alone. */
async function originOf(services: Services, wijkId: string, publicId: string) {
  const twin = await readTwinOfPublic(services.db, wijkId, publicId);
  const origin = twin && (await readQuestion(services.db, wijkId, { id: twin.questionId }));
  return origin ? titled(origin) : null;
}

/** At the desk: what could be proposed, what was, and of a public version where it came from. */
export async function twinsAtDesk(
  services: Services,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof readContract>> {
  const question = await readQuestion(services.db, wijk.id, { ref });
  if (!question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
  const twins = await readTwins(services.db, wijk.id, question.id);
  const items = twins.map((twin) => ({
    ...twinView(twin, wijk),
    by: twin.proposedByName,
    decision: twin.decision,
    decidedAt: twin.decidedAt?.toISOString() ?? null,
    endedAt: twin.endedAt?.toISOString() ?? null,
    public: twin.public && titled(twin.public),
  }));
  const origin = await originOf(services, wijk.id, question.id);
  try {
    assertMayPropose(question, await listTwins(services.db, wijk.id, question.id));
  } catch (error) {
    if (error instanceof DomainError) return { start: null, items, origin };
    throw error;
  }
  const stored = await Promise.all(
    question.answers.map(({ id }) => readAnswer(services.db, wijk.id, question.id, id)),
  );
  const answers = stored.flatMap((answer) =>
    answer && mayGoAlong(answer)
      ? [
          {
            id: answer.id,
            body: answer.body,
            author: {
              name: answer.authorName,
              title: answer.authorTitle,
              capacity: answer.capacity,
            },
          },
        ]
      : [],
  );
  const { title, body, theme } = question;
  return { start: { title, body, theme, answers }, items, origin };
}

/** One's own question, whatever became of it: who looked stays there to be read. */
async function ownQuestion(services: Services, actor: Actor, wijkId: string, ref: string) {
  const question = await readQuestion(services.db, wijkId, { ref });
  if (question && (await viewerOf(services, wijkId, question.id, actor)).isAsker) return question;
  await accessQuestion(services, wijkId, ref, actor);
  throw new DomainError('forbidden', 'vraagbaak.not-your-question');
}

/**
 * What only its asker reads about a question: who looked them up, and its public version.
 * @throws `vraagbaak.question-not-found`, `vraagbaak.not-your-question`
 */
export async function ownSide(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof readOwnSide>> {
  const question = await ownQuestion(services, actor, wijk.id, ref);
  const [looks, twins, origin] = await Promise.all([
    listLooksAt(services.db, wijk.id, question.id),
    readTwins(services.db, wijk.id, question.id),
    originOf(services, wijk.id, question.id),
  ]);
  const open = twins.find((twin) => twin.decision === null);
  const agreed = twins.find((twin) => twin.decision === 'agreed');
  return {
    question: { ...titled(question), visibility: question.visibility },
    looks: looks.map(({ id, at, by, reason }) => ({
      id,
      at: at.toISOString(),
      by,
      ...lookOf(reason),
    })),
    proposal: open ? twinView(open, wijk) : null,
    published:
      agreed?.public && agreed.decidedAt
        ? {
            id: agreed.id,
            agreedAt: agreed.decidedAt.toISOString(),
            endedAt: agreed.endedAt?.toISOString() ?? null,
            question: titled(agreed.public),
          }
        : null,
    origin,
    consent: { version: TWIN_CONSENT.version },
  };
}

/** Every look of the wijk, for who supervises the redactie. */
export async function looksOfWijk(
  services: Services,
  wijk: Wijk,
  query: { cursor?: string | undefined; limit: number },
) {
  const rows = await listLooksOfWijk(services.db, wijk.id, {
    after: readCursor(query.cursor),
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ at, reason, ...row }) => ({
      ...row,
      at: at.toISOString(),
      ...lookOf(reason),
      many: isManyLooks(row.withinADay),
    })),
    nextCursor: rows.length > query.limit && last ? cursorOf(last.at, last.id) : null,
  };
}

import type { Executor } from '@wijk/db/kernel';
import {
  deleteExpiredDrafts,
  deleteLoosePhotos,
  readQuestion,
  readVersion,
} from '@wijk/db/vraagbaak';
import { LOOSE_PHOTO_MS } from '@wijk/domain/vraagbaak';
import type { VersionOf } from '../../http/kept-pages.ts';
import type { MaySee } from '../../http/live-viewer.ts';
import type { App } from '../../http/route.ts';
import type { NamedJob } from '../../jobs/worker.ts';
import { type Services, subscribe } from '../../services.ts';
import { maySee, viewerOf } from './access.ts';
import { exchangeRoutes } from './exchange-routes.ts';
import { endPause } from './jobs/end-pause.ts';
import { runDueStep } from './jobs/run-due-step.ts';
import { moderationRoutes } from './moderation-routes.ts';
import { openRoutes } from './open-routes.ts';
import { photoRoutes } from './photo-routes.ts';
import { privateRoutes } from './private-routes.ts';
import { redactieRoutes } from './redactie-routes.ts';
import { deskRoutes, linkRoutes, markRoutes, meTooRoutes, questionRoutes } from './routes.ts';
import { askBackRoutes } from './routes-ask-back.ts';
import { askingRoutes } from './routes-asking.ts';
import { dialogueRoutes } from './routes-dialogue.ts';
import { onMailRefused } from './subscribers/on-mail-refused.ts';

export { listFollowers, readAssignment } from '@wijk/db/vraagbaak';
export { signAnswerLink } from './answer-link.ts';
export { postDraft } from './commands/ask-question.ts';
export {
  authorOfAnswer,
  linksInView,
  type QuestionForMarket,
  type QuestionLink,
  questionForMarket,
} from './queries/for-market.ts';
export { type FoundQuestion, readInView, readWords } from './queries/found.ts';

export function registerVraagbaak(app: App, services: Services): void {
  questionRoutes(app, services);
  markRoutes(app, services);
  meTooRoutes(app, services);
  linkRoutes(app, services);
  deskRoutes(app, services);
  askBackRoutes(app, services);
  askingRoutes(app, services);
  dialogueRoutes(app, services);
  moderationRoutes(app, services);
  redactieRoutes(app, services);
  privateRoutes(app, services);
  photoRoutes(app, services);
  openRoutes(app, services);
  exchangeRoutes(app, services);
  subscribe(services, 'desk-mail-refused', ['mail.refused.v1'], onMailRefused);
}

export const vraagbaakJobs: readonly NamedJob[] = [
  { name: 'promise-steps', run: runDueStep },
  { name: 'promise-pauses', run: endPause },
];

/** Deletes guests' drafts that nobody came back for, and photos that no question came for. */
export async function cleanVraagbaak({ db, clock }: Services): Promise<void> {
  const now = clock.now();
  await deleteExpiredDrafts(db, now);
  await deleteLoosePhotos(db, new Date(now.getTime() - LOOSE_PHOTO_MS));
}

export interface QuestionForNotice {
  ref: string;
  slug: string;
  title: string;
  visibility: 'public' | 'anonymous' | 'private';
  status: string;
  /** 'held' or 'hidden': only its asker and the redactie may read it */
  moderation: 'shown' | 'held' | 'hidden';
  dueAt: Date;
}

/** What a mail or notice may need of a question; who asked is never part of it. */
export async function readForNotification(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<QuestionForNotice | undefined> {
  const question = await readQuestion(db, wijkId, { id: questionId });
  if (!question) return undefined;
  const { ref, slug, title, visibility, status, moderation, promise } = question;
  return { ref, slug, title, visibility, status, moderation, dueAt: promise.dueAt };
}

/** For kept pages: a number that every change on the page of a question makes another one. */
export function versionOf(services: Services): VersionOf {
  return (wijkId, ref) => readVersion(services.db, wijkId, ref);
}

/** For the live hub: the same rule as the pages. */
export function hasAbilityToSee(services: Services): MaySee {
  return async (wijkId, actor, ref) => {
    const question = await readQuestion(services.db, wijkId, { ref });
    if (!question) return false;
    return maySee(question, actor, await viewerOf(services, wijkId, question.id, actor));
  };
}

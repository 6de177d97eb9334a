import type { Executor } from '@wijk/db/kernel';
import { type DueMail, readDecisionNews, readOriginalId } from '@wijk/db/notifications';
import { DAY_MS } from '@wijk/domain/kernel';
import { DEFAULT_LOCALE, formatPromised } from '@wijk/i18n';
import {
  type QuestionForNotice,
  readAssignment,
  readForNotification,
  signAnswerLink,
} from '../vraagbaak/index.ts';
import type { Wijk } from '../wijk/index.ts';
import { siteOf } from '../wijk/index.ts';
import { QUESTION_MAIL, type QuestionTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/**
 * A mail about a question. Of its text only the title is ever shown, and only where everybody may
 * read it on the site at this moment (V10).
 */
export async function questionLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  mail: DueMail,
  template: QuestionTemplate,
): Promise<Body | null> {
  if (!mail.questionId) return null;
  const { link: kind, standing, title } = QUESTION_MAIL[template];
  const question = await readForNotification(db, wijk.id, mail.questionId);
  if (!question) return null;
  if (standing && !isStanding(question)) return null;
  const about = kind === 'original' ? await originalOf(db, wijk, mail.questionId) : question;
  if (!about) return null;
  // whoever follows a question that is not in view (any more) is told nothing more of it
  if (QUESTION_MAIL[template].category === 'followed' && !inView(about)) return null;

  const link = await linkOf(services, db, wijk, about, mail, template);
  if (!link) return null;
  const params = {
    wijk: wijk.name,
    promised: formatPromised(question.dueAt, services.clock.now(), wijk.timeZone, DEFAULT_LOCALE),
    days: link.days,
  };
  const [first = '', ...rest] = words(`mail.${template}.text`, params).split('\n\n');
  // not even a public title in a subject
  const shown =
    title && about.visibility === 'public' && inView(about)
      ? [words('mail.title', { title: about.title })]
      : [];
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: [first, ...shown, ...rest],
    action: { label: words(`mail.${template}.action`), url: link.url },
  };
}

const isStanding = ({ status }: QuestionForNotice) => status === 'open' || status === 'answered';
const inView = (question: QuestionForNotice) =>
  isStanding(question) && question.visibility !== 'private' && question.moderation === 'shown';

/** The question that stands in the place of a duplicate, where everybody may read it. */
async function originalOf(
  db: Executor,
  wijk: Wijk,
  duplicate: string,
): Promise<QuestionForNotice | undefined> {
  const id = await readOriginalId(db, wijk.id, duplicate);
  const original = id && (await readForNotification(db, wijk.id, id));
  if (!original) return undefined;
  return inView(original) ? original : undefined;
}

/** The address in the mail. The slug is left out everywhere: it is made of the title's words. */
async function linkOf(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { ref }: QuestionForNotice,
  { params }: DueMail,
  template: QuestionTemplate,
): Promise<{ url: string; days: number } | null> {
  const site = siteOf(services, wijk);
  const to = (path: string) => ({ url: `${site}${path}`, days: 0 });
  switch (QUESTION_MAIL[template].link) {
    case 'answer-link': {
      const assignmentId = params.assignment ?? '';
      const assignment = await readAssignment(db, wijk.id, assignmentId);
      const now = services.clock.now();
      if (!assignment || assignment.endedAt || assignment.linkExpiresAt <= now) return null;
      const token = signAnswerLink(services.secret, { wijkId: wijk.id, assignmentId });
      const days = Math.round((assignment.linkExpiresAt.getTime() - now.getTime()) / DAY_MS);
      return { url: `${site}/antwoord/${token}`, days };
    }
    case 'decision': {
      const id = params.decision ?? '';
      const decision = await readDecisionNews(db, wijk.id, id);
      // taken back before anybody was told: there is nothing to state
      if (!decision || (decision.reversed && template !== 'appeal-decided')) return null;
      return to(`/besluit/${id}`);
    }
    case 'desk':
      return to(`/redactie/${ref}`);
    case 'own-side':
      return to(`/mijn/vraag/${ref}`);
    case 'site':
      return { url: site, days: 0 };
    default:
      return to(`/vragen/${ref}`);
  }
}

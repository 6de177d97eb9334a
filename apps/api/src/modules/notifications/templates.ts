import { openCode } from '@wijk/auth';
import type { Executor } from '@wijk/db/kernel';
import type { DueMail, Reach } from '@wijk/db/notifications';
import { DAY_MS } from '@wijk/domain/kernel';
import { DEFAULT_LOCALE, formatPromised, type MessageKey, t } from '@wijk/i18n';
import type { Services } from '../../services.ts';
import {
  type QuestionForNotice,
  readAssignment,
  readForNotification,
  signAnswerLink,
} from '../vraagbaak/index.ts';
import type { Wijk } from '../wijk/index.ts';
import { siteOf } from './site.ts';

/** A mail in words. Nothing of a reader's text is ever in `subject` (G10). */
export interface Letter {
  subject: string;
  greeting: string;
  paragraphs: string[];
  /** set apart between the first paragraph and the others */
  code?: string;
  action: { label: string; url: string };
  closing: string;
  footer: string;
}

const CODE_TEMPLATES = ['code', 'code-for-question'] as const;
const QUESTION_TEMPLATES = [
  'question-received',
  'answer-for-asker',
  'answer-for-follower',
  'assigned',
  'reminder',
  'unassigned',
  'alert',
] as const;
type CodeTemplate = (typeof CODE_TEMPLATES)[number];
export type QuestionTemplate = (typeof QUESTION_TEMPLATES)[number];

const isOneOf = <T extends string>(list: readonly T[], name: string): name is T =>
  list.some((item) => item === name);

const words = (key: MessageKey, params: Record<string, string | number> = {}) =>
  t(DEFAULT_LOCALE, key, params);

type Needed = Pick<Services, 'clock' | 'secret' | 'config' | 'wijken'>;

/**
 * Puts a mail into words, with the state of this moment: its row holds ids only. Null when there is
 * nothing to say any more (the code expired, the question was taken back, the link was revoked).
 */
export async function writeLetter(
  services: Needed,
  db: Executor,
  mail: DueMail,
  reader: Reach,
): Promise<{ letter: Letter; wijk: Wijk } | null> {
  const wijk = await services.wijken.byId(mail.wijkId);
  if (!wijk) return null;
  const body = isOneOf(CODE_TEMPLATES, mail.template)
    ? await codeLetter(services, wijk, mail, mail.template)
    : isOneOf(QUESTION_TEMPLATES, mail.template)
      ? await questionLetter(services, db, wijk, mail, mail.template)
      : unknownTemplate(mail.template);
  if (!body) return null;
  const letter: Letter = {
    greeting: reader.name
      ? words('mail.greeting', { name: reader.name })
      : words('mail.greeting-nameless'),
    closing: words('mail.closing', { wijk: wijk.name }),
    footer: words('mail.automatic'),
    ...body,
  };
  return { letter, wijk };
}

function unknownTemplate(name: string): never {
  throw new Error(`there is no mail template ${name}`);
}

type Body = Pick<Letter, 'subject' | 'paragraphs' | 'code' | 'action'>;

async function codeLetter(
  services: Needed,
  wijk: Wijk,
  { params }: DueMail,
  template: CodeTemplate,
): Promise<Body | null> {
  const { challenge, code, expiresAt } = params;
  if (!challenge || !code || !expiresAt) return null;
  if (new Date(expiresAt) <= services.clock.now()) return null;
  const site = await siteOf(services, wijk);
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: [
      words(`mail.${template}.before`),
      ...words(`mail.${template}.after`).split('\n\n'),
    ],
    code: openCode(services.secret, challenge, code),
    action: { label: words(`mail.${template}.action`), url: `${site}/inloggen/code` },
  };
}

async function questionLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  mail: DueMail,
  template: QuestionTemplate,
): Promise<Body | null> {
  if (!mail.questionId) return null;
  const question = await readForNotification(db, wijk.id, mail.questionId);
  if (!question || (question.status !== 'open' && question.status !== 'answered')) return null;
  // whoever followed a question that has become private is told nothing more of it
  if (template === 'answer-for-follower' && question.visibility === 'private') return null;

  const link = await linkOf(services, db, wijk, question, mail, template);
  if (!link) return null;
  const params = {
    wijk: wijk.name,
    promised: formatPromised(question.dueAt, services.clock.now(), wijk.timeZone, DEFAULT_LOCALE),
    days: link.days,
  };
  const [first = '', ...rest] = words(`mail.${template}.text`, params).split('\n\n');
  // only a public question shows its title; not even that in a subject (V10)
  const title =
    question.visibility === 'public' ? [words('mail.title', { title: question.title })] : [];
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: [first, ...title, ...rest],
    action: { label: words(`mail.${template}.action`), url: link.url },
  };
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
  const site = await siteOf(services, wijk);
  switch (template) {
    case 'assigned':
    case 'reminder': {
      const assignmentId = params.assignment ?? '';
      const assignment = await readAssignment(db, wijk.id, assignmentId);
      const now = services.clock.now();
      if (!assignment || assignment.endedAt || assignment.linkExpiresAt <= now) return null;
      const token = signAnswerLink(services.secret, { wijkId: wijk.id, assignmentId });
      const days = Math.round((assignment.linkExpiresAt.getTime() - now.getTime()) / DAY_MS);
      return { url: `${site}/antwoord/${token}`, days };
    }
    case 'unassigned':
    case 'alert':
      return { url: `${site}/redactie/${ref}`, days: 0 };
    default:
      return { url: `${site}/vragen/${ref}`, days: 0 };
  }
}

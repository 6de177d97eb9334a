import { MAIL_CATEGORIES, type MailCategory } from '@wijk/contracts';

/** Where the button of a mail leads. */
export type LinkKind = 'question' | 'original' | 'answer-link' | 'desk' | 'decision' | 'site';

interface Kind {
  /** null: it may not be refused, and the mail says why */
  category: MailCategory | null;
  link: LinkKind;
  /** whether the title of a public question may stand in it */
  title: boolean;
  /** sent only while the question stands; a statement is sent whatever became of it */
  standing: boolean;
}

const kind = (category: MailCategory | null, link: LinkKind, more: Partial<Kind> = {}): Kind => ({
  category,
  link,
  title: true,
  standing: true,
  ...more,
});
const statement = kind(null, 'decision', { title: false, standing: false });

/** Every mail about a question. The names stand in rows of mail, so they stay as they are. */
export const QUESTION_MAIL = {
  'question-received': kind('own-question', 'question'),
  'answer-for-asker': kind('own-question', 'question'),
  'answer-for-duplicate': kind('own-question', 'original', { standing: false }),
  'asked-back': kind('own-question', 'question'),
  'question-edited': kind('own-question', 'question'),
  'duplicate-for-asker': kind('own-question', 'original', { standing: false }),
  'overdue-for-asker': kind('own-question', 'question'),
  'answer-for-follower': kind('followed', 'question'),
  'duplicate-for-follower': kind('followed', 'original', { standing: false }),
  assigned: kind('assignments', 'answer-link'),
  reminder: kind('assignments', 'answer-link'),
  'ask-back-over': kind('assignments', 'answer-link'),
  'passed-on': kind('assignments', 'site', { title: false }),
  unassigned: kind('desk', 'desk'),
  alert: kind('desk', 'desk'),
  'ask-back-replied': kind('desk', 'desk'),
  'ask-back-expired': kind('desk', 'desk'),
  'appeal-made': kind('desk', 'desk', { title: false, standing: false }),
  urgent: kind(null, 'desk', { title: false }),
  decision: statement,
  'decision-held': statement,
  'decision-shown': statement,
  'appeal-decided': statement,
} as const satisfies Record<string, Kind>;
export type QuestionTemplate = keyof typeof QUESTION_MAIL;

export const isQuestionTemplate = (name: string): name is QuestionTemplate =>
  Object.hasOwn(QUESTION_MAIL, name);

/** The kind of mail that a reader may refuse; null for what may not be refused. */
export function categoryOf(template: string): MailCategory | null {
  return isQuestionTemplate(template) ? QUESTION_MAIL[template].category : null;
}

/** Which choices there are for somebody with these roles. */
export function categoriesFor(roles: ReadonlySet<string>): MailCategory[] {
  return MAIL_CATEGORIES.filter(
    (category) =>
      (category !== 'assignments' || roles.has('expert')) &&
      (category !== 'desk' || roles.has('editor') || roles.has('chief-editor')),
  );
}

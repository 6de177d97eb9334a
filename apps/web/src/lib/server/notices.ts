import type { ReplyOf } from '@wijk/contracts/define';
import type { listNotices, NoticeKind } from '@wijk/contracts/notifications';
import { type MessageKey, t } from '@wijk/i18n';
import type { DeskPaths } from '#lib/desk/paths.ts';
import type { MomentText } from '#lib/views.ts';
import { agoText, type Speaker } from './views.ts';

type Notice = ReplyOf<typeof listNotices>['items'][number];

export interface NoticeText {
  id: string;
  kind: NoticeKind;
  read: boolean;
  at: MomentText;
  /** words of the link */
  title: string;
  href: string;
}

/** A notice in words, with the page where its reader does something about it. */
export function noticeText(notice: Notice, say: Speaker, to: DeskPaths): NoticeText {
  const { id, kind, read, at } = notice;
  return { id, kind, read, at: agoText(at, say), ...linkOf(notice, say, to) };
}

function linkOf(
  { kind, question, decision, desk, role }: Notice,
  { locale }: Speaker,
  to: DeskPaths,
): { title: string; href: string } {
  if (decision)
    return { title: t(locale, 'page.notices.readDecision'), href: to.statement(decision) };
  if (role) {
    const key = kind === 'role-given' ? 'page.notices.roleIs' : 'page.notices.roleWas';
    const name = t(locale, `common.role.${role}` as MessageKey);
    return { title: t(locale, key, { role: name }), href: to.mine() };
  }
  if (!question) return { title: t(locale, 'page.notices.browse'), href: to.questions() };
  const href = desk ? to.deskQuestion(question.ref) : to.question(question.ref, question.slug);
  return { title: question.title, href };
}

import type { ReplyOf } from '@wijk/contracts/define';
import type { DeskItem } from '@wijk/contracts/desk';
import type { readRoster } from '@wijk/contracts/redactie';
import { pageTexts, plural } from '@wijk/i18n';
import { momentText, promiseText, type Speaker, untilText } from '#lib/server/views.ts';
import { fill, namesIn } from '#lib/text.ts';
import { answersOf, chipsOf, holderOf, timeOf } from './row.ts';
import type { DeskRow, DutyView } from './view.ts';

export function deskRow(item: DeskItem, say: Speaker): DeskRow {
  const w = pageTexts(say.locale, 'desk');
  const promise = promiseText(item.promise, say);
  const until = item.waitingUntil && untilText(item.waitingUntil, say).text;
  return {
    ref: item.ref,
    title: item.title,
    theme: item.theme.name,
    // a clock that stands still keeps its bar: one sees how much was used
    promise: until ? { ...promise, used: Math.min(1, item.used) } : promise,
    time: timeOf(promise, w),
    holder: holderOf(item, w),
    answers: answersOf(item, plural(say.locale, 'common.answers', item.answerCount), w),
    toCheck: item.toCheck,
    mark: { kind: item.visibility, text: w.mark[item.visibility] },
    chips: chipsOf(item, until, w),
  };
}

/** Who has the duty today and what I can do about it; null when the roster could not be read. */
export function dutyView(roster: ReplyOf<typeof readRoster> | null, say: Speaker): DutyView | null {
  if (!roster) return null;
  const { duty, and } = pageTexts(say.locale, 'desk');
  const people = roster.days.find((day) => day.date === roster.today)?.people ?? [];
  const me = people.find((person) => person.mine);
  const names = (list: typeof people) =>
    namesIn(
      list.map((person) => person.name),
      and,
    );
  if (me?.startedAt && !me.endedAt) {
    const text = fill(duty.running, { at: momentText(me.startedAt, say).text });
    return { text, offer: 'end', mine: false };
  }
  if (me?.endedAt) return { text: duty.ended, offer: 'again', mine: false };
  const onDuty = people.filter((person) => person.startedAt && !person.endedAt);
  if (onDuty.length > 0) {
    const text = fill(duty.others, { names: names(onDuty) });
    return { text, offer: me ? 'start' : null, mine: me !== undefined };
  }
  if (me) return { text: duty.mineToday, offer: 'start', mine: true };
  const text = people.length > 0 ? fill(duty.planned, { names: names(people) }) : duty.nobody;
  return { text, offer: 'start', mine: people.length === 0 };
}

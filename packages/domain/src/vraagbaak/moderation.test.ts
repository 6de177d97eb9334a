import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../kernel/index.ts';
import { DEFAULT_CALENDAR, DEFAULT_POLICY } from '../wijk/index.ts';
import {
  APPEAL_MS,
  assertMayDecideAppeal,
  hidesItself,
  isNewMember,
  type ModerationAct,
  mayAppeal,
  moderate,
  moderateAnswer,
  nextAllowed,
  type Shown,
} from './moderation.ts';
import { cancelPromise, freezeOutcome, promiseRow, promiseState, startPromise } from './promise.ts';
import { MODERATIONS, QUESTION_STATUSES } from './question.ts';
import { revivePromise } from './revive.ts';

const now = new Date('2026-11-23T09:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

describe('what may follow on what', () => {
  const table: Record<string, Partial<Record<ModerationAct, string>>> = {};
  for (const status of QUESTION_STATUSES)
    for (const moderation of MODERATIONS) {
      const row: Partial<Record<ModerationAct, string>> = {};
      for (const act of ['hide', 'remove', 'publish', 'redact'] as const)
        try {
          const next = moderate({ status, moderation }, act);
          row[act] = `${next.status} ${next.moderation}`;
        } catch (error) {
          row[act] = (error as { code: string }).code;
        }
      table[`${status} ${moderation}`] = row;
    }

  it('is the same for an open and an answered question, and keeps its status', () => {
    expect(table['open shown']).toEqual({
      hide: 'open hidden',
      remove: 'removed shown',
      publish: 'vraagbaak.already-shown',
      redact: 'open shown',
    });
    expect(table['answered held']).toEqual({
      hide: 'answered hidden',
      remove: 'removed held',
      publish: 'answered shown',
      redact: 'answered held',
    });
    expect(table['open hidden']).toMatchObject({
      hide: 'vraagbaak.already-hidden',
      publish: 'open shown',
    });
  });

  it('lets a removed one only be shown again', () => {
    for (const moderation of MODERATIONS)
      expect(table[`removed ${moderation}`]).toEqual({
        hide: 'vraagbaak.already-removed',
        remove: 'vraagbaak.already-removed',
        publish: 'open shown',
        redact: 'vraagbaak.already-removed',
      });
  });

  it('leaves a withdrawn one and a duplicate alone', () => {
    for (const status of ['withdrawn', 'duplicate'])
      for (const code of Object.values(table[`${status} shown`] ?? {}))
        expect(code).toBe('vraagbaak.question-closed');
  });

  it('changes nothing that it was given', () => {
    const given: Shown = Object.freeze({ status: 'open', moderation: 'shown' });
    moderate(given, 'hide');
    expect(given.moderation).toBe('shown');
  });

  it('of answers: hidden, removed, and both back', () => {
    const shown = { hiddenAt: null, removedAt: null };
    const hidden = moderateAnswer(shown, 'hide', now);
    expect(hidden).toEqual({ hiddenAt: now, removedAt: null });
    const removed = moderateAnswer(hidden, 'remove', now);
    expect(removed.removedAt).toEqual(now);
    expect(moderateAnswer(removed, 'restore', now)).toEqual(shown);
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => moderateAnswer(shown, 'restore', now)).toThrowError(
      refused('vraagbaak.already-shown'),
    );
    expect(() => moderateAnswer(hidden, 'hide', now)).toThrowError(
      refused('vraagbaak.already-hidden'),
    );
    expect(() => moderateAnswer(removed, 'hide', now)).toThrowError(
      refused('vraagbaak.already-removed'),
    );
  });
});

describe('flags', () => {
  const flags = (...reasons: string[]) => reasons.map((reason) => ({ reason }));
  it('hide from the number on that the wijk chose, and never at 0', () => {
    expect(hidesItself(flags('spam', 'rude'), 3)).toBe(false);
    expect(hidesItself(flags('spam', 'rude', 'other'), 3)).toBe(true);
    expect(hidesItself(flags('spam', 'rude', 'other'), 0)).toBe(false);
  });
  it('of worry do not count', () => {
    expect(hidesItself(flags('spam', 'distress', 'distress'), 3)).toBe(false);
  });
});

describe('an appeal', () => {
  const against = { kind: 'removed', at: ago(DAY_MS), reversed: false } as const;
  it('is for a decision against the author, once, while it stands, for half a year', () => {
    expect(mayAppeal(against, false, now)).toBe(true);
    expect(mayAppeal(against, true, now)).toBe(false);
    expect(mayAppeal({ ...against, reversed: true }, false, now)).toBe(false);
    expect(mayAppeal({ ...against, kind: 'held' }, false, now)).toBe(false);
    expect(mayAppeal({ ...against, kind: 'restored' }, false, now)).toBe(false);
    expect(mayAppeal({ ...against, at: ago(APPEAL_MS) }, false, now)).toBe(true);
    expect(mayAppeal({ ...against, at: ago(APPEAL_MS + 1) }, false, now)).toBe(false);
  });

  it('is decided by another than its author, and than who decided while there is another', () => {
    const decide = (isAuthor: boolean, tookDecision: boolean, anotherEditor: boolean) => () =>
      assertMayDecideAppeal({ isAuthor, tookDecision, anotherEditor });
    expect(decide(true, false, true)).toThrow('vraagbaak.own-appeal');
    expect(decide(true, true, false)).toThrow('vraagbaak.own-appeal');
    expect(decide(false, true, true)).toThrow('vraagbaak.own-decision');
    expect(decide(false, true, false)).not.toThrow();
    expect(decide(false, false, true)).not.toThrow();
  });
});

describe('a new member', () => {
  const nothing = { knownOtherwise: false, reviewed: false, oldestStanding: null };
  it('is one until something stood a review or a week', () => {
    expect(isNewMember(nothing, now)).toBe(true);
    expect(isNewMember({ ...nothing, oldestStanding: ago(7 * DAY_MS - 1) }, now)).toBe(true);
    expect(isNewMember({ ...nothing, oldestStanding: ago(7 * DAY_MS) }, now)).toBe(false);
    expect(isNewMember({ ...nothing, reviewed: true }, now)).toBe(false);
    expect(isNewMember({ ...nothing, knownOtherwise: true }, now)).toBe(false);
  });
});

describe('a limit', () => {
  it('ends when the oldest that counts is a window ago', () => {
    const recent = [ago(50 * MINUTE_MS), ago(20 * MINUTE_MS), ago(MINUTE_MS)];
    expect(nextAllowed(recent, 4, HOUR_MS)).toBeNull();
    expect(nextAllowed(recent, 3, HOUR_MS)).toEqual(new Date(now.getTime() + 10 * MINUTE_MS));
    expect(nextAllowed(recent, 2, HOUR_MS)).toEqual(new Date(now.getTime() + 40 * MINUTE_MS));
    expect(nextAllowed([], 1, HOUR_MS)).toBeNull();
    expect(nextAllowed(recent, Number.POSITIVE_INFINITY, HOUR_MS)).toBeNull();
  });
});

describe('a promise of a question that is shown again', () => {
  const begun = promiseRow(startPromise(DEFAULT_POLICY, DEFAULT_CALENDAR, now));
  const at = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);
  it('runs on with the moments that it had', () => {
    const { row } = cancelPromise(begun, at(2));
    const revived = revivePromise(row, at(5));
    expect(revived).toEqual({ row: begun, events: ['revived'] });
    expect(promiseState(revived.row, at(5))).toBe('running');
  });
  it('is missed when its term ended meanwhile', () => {
    const { row } = cancelPromise(begun, at(2));
    const { row: after, events } = revivePromise(row, at(30));
    expect(after.frozenOutcome).toBe('missed');
    expect(events).toEqual(['revived', 'frozen', 'overdue']);
  });
  it('keeps an outcome that was frozen, and is left alone when it was not cancelled', () => {
    const kept = freezeOutcome({ ...begun, keptAt: at(1), keptByAnswerId: 'a' }, at(24)).row;
    const { row } = cancelPromise(kept, at(30));
    expect(revivePromise(row, at(40)).row).toEqual(kept);
    expect(revivePromise(begun, at(1))).toEqual({ row: begun, events: [] });
  });
});

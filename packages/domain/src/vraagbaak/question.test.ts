import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../kernel/index.ts';
import {
  assertCanAnswer,
  assign,
  CLAIM_MS,
  canAnswer,
  claim,
  type DeskAction,
  QUESTION_STATUSES,
  type QuestionState,
  release,
  settle,
  UNDO_MS,
  undo,
  withdraw,
} from './question.ts';

const start = new Date('2026-11-23T09:00:00Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE_MS);
const fresh: QuestionState = { status: 'open', claim: null, assignedTo: null };
const closed = (['withdrawn', 'removed'] as const).map((status) => ({ ...fresh, status }));
const refused = (code: string, kind = 'conflict') => expect.objectContaining({ kind, code });

describe('a claim', () => {
  const noors = claim(fresh, 'noor', start);

  it('holds for fifteen minutes against others', () => {
    expect(noors.claim).toEqual({ by: 'noor', expiresAt: at(15) });
    for (const act of [claim, release])
      expect(() => act(noors, 'joris', at(14))).toThrowError(refused('vraagbaak.claimed-by-other'));
    expect(() => assign(noors, 'fatima', 'joris', at(14))).toThrowError(
      refused('vraagbaak.claimed-by-other'),
    );
  });

  it('is nobody else’s hindrance once it has run out', () => {
    expect(claim(noors, 'joris', at(15)).claim).toEqual({ by: 'joris', expiresAt: at(30) });
    expect(assign(noors, 'fatima', 'joris', at(15)).assignedTo).toBe('fatima');
    expect(release(noors, 'joris', at(15)).claim).toBeNull();
  });

  it('is renewed by its holder, and let go', () => {
    expect(claim(noors, 'noor', at(10)).claim).toEqual({ by: 'noor', expiresAt: at(25) });
    expect(release(noors, 'noor', at(1))).toEqual(fresh);
    expect(release(fresh, 'noor', at(1))).toEqual(fresh);
    expect(CLAIM_MS).toBe(15 * MINUTE_MS);
  });

  it('is not for a question that is closed', () => {
    for (const question of closed)
      expect(() => claim(question, 'noor', start)).toThrowError(
        refused('vraagbaak.question-closed'),
      );
  });
});

describe('an assignment', () => {
  it('ends the claim of the editor, and takes the place of an earlier one', () => {
    const claimed = claim(fresh, 'noor', start);
    const assigned = assign(claimed, 'fatima', 'noor', at(1));
    expect(assigned).toEqual({ status: 'open', claim: null, assignedTo: 'fatima' });
    expect(assign(assigned, 'henk', 'joris', at(2)).assignedTo).toBe('henk');
  });

  it('is refused twice to the same expert and for a closed question', () => {
    const assigned = assign(fresh, 'fatima', 'noor', start);
    expect(() => assign(assigned, 'fatima', 'noor', at(1))).toThrowError(
      refused('vraagbaak.already-assigned'),
    );
    for (const question of closed)
      expect(() => assign(question, 'fatima', 'noor', start)).toThrowError(
        refused('vraagbaak.question-closed'),
      );
  });
});

describe('answers', () => {
  const neighbours = { capacity: 'resident', endorsedAt: null, removedAt: null } as const;
  const experts = { ...neighbours, capacity: 'expert' } as const;

  it('may be given while the question is there', () => {
    expect(QUESTION_STATUSES.filter(canAnswer)).toEqual(['open', 'answered']);
    expect(() => assertCanAnswer('open')).not.toThrow();
    expect(() => assertCanAnswer('withdrawn')).toThrowError(refused('vraagbaak.question-closed'));
  });

  it('make it answered when one is by a reputed person, and open again when none is left', () => {
    const claimed = claim(fresh, 'noor', start);
    expect(settle(claimed, [neighbours])).toEqual(claimed);
    const answered = settle(claimed, [neighbours, experts]);
    expect(answered).toMatchObject({ status: 'answered', claim: null });
    expect(settle(fresh, [{ ...neighbours, endorsedAt: start }]).status).toBe('answered');
    expect(settle(answered, [neighbours, { ...experts, removedAt: start }]).status).toBe('open');
  });

  it('leave a closed question closed', () => {
    for (const question of closed) expect(settle(question, [experts])).toBe(question);
  });
});

it('is withdrawn once, with claim and assignment', () => {
  const busy = claim(assign(fresh, 'fatima', 'noor', start), 'noor', at(1));
  const withdrawn = withdraw(busy);
  expect(withdrawn).toEqual({ status: 'withdrawn', claim: null, assignedTo: null });
  expect(() => withdraw(withdrawn)).toThrowError(refused('vraagbaak.question-closed'));
  expect(withdraw({ ...fresh, status: 'answered' }).status).toBe('withdrawn');
});

describe('undo', () => {
  const did = (
    kind: DeskAction['kind'],
    before: QuestionState,
    after: QuestionState,
  ): DeskAction => ({
    kind,
    by: 'noor',
    at: start,
    before,
    after,
  });
  const claimed = claim(fresh, 'noor', start);
  const byNoor = assign(claimed, 'fatima', 'noor', start);
  const toHenk = assign({ ...fresh, assignedTo: 'henk' }, 'fatima', 'noor', start);

  it('takes back a claim and an assignment', () => {
    expect(undo(claimed, did('claim', fresh, claimed), 'noor', at(1))).toEqual(fresh);
    expect(undo(byNoor, did('assign', claimed, byNoor), 'noor', at(1))).toEqual(claimed);
    const again = undo(
      toHenk,
      did('assign', { ...fresh, assignedTo: 'henk' }, toHenk),
      'noor',
      at(1),
    );
    expect(again.assignedTo).toBe('henk');
  });

  it('does not bring back a claim that has run out', () => {
    const late = { ...did('assign', claimed, byNoor), at: at(10) };
    expect(undo(byNoor, late, 'noor', at(16)).claim).toBeNull();
  });

  it('is for who did it, within ten minutes', () => {
    const action = did('assign', claimed, byNoor);
    expect(UNDO_MS).toBe(10 * MINUTE_MS);
    expect(undo(byNoor, action, 'noor', at(10)).assignedTo).toBeNull();
    expect(() => undo(byNoor, action, 'noor', at(10.001))).toThrowError(
      refused('vraagbaak.undo-too-late', 'gone'),
    );
    expect(() => undo(byNoor, action, 'joris', at(1))).toThrowError(
      refused('vraagbaak.undo-not-yours', 'forbidden'),
    );
  });

  it('is refused when something came after it', () => {
    const action = did('assign', claimed, byNoor);
    const after = [
      { ...byNoor, assignedTo: 'henk' },
      claim(byNoor, 'joris', at(1)),
      withdraw(byNoor),
      { ...byNoor, status: 'answered', assignedTo: null } as const,
    ];
    for (const question of after)
      expect(() => undo(question, action, 'noor', at(2))).toThrowError(
        refused('vraagbaak.undo-overtaken'),
      );
    const renewed = claim(claimed, 'noor', at(1));
    expect(() => undo(renewed, did('claim', fresh, claimed), 'noor', at(2))).toThrowError(
      refused('vraagbaak.undo-overtaken'),
    );
  });
});

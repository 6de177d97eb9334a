import { DESK_FILTERS } from '@wijk/contracts/desk';
import { pageTexts } from '@wijk/i18n';
import { describe, expect, it } from 'vitest';
import { actionAt, FILTERS, filterOf, nameOf } from './filters.ts';
import { newsOf } from './news.ts';
import { nextOf } from './queue.ts';
import { answersOf, holderOf, stageOf, timeOf } from './row.ts';

const w = pageTexts('nl', 'desk');
const claim = (name: string, mine = false) => ({ name, mine, until: '2026-05-04T10:00:00Z' });
const assignee = { membershipId: 'm', name: 'Marleen', title: null, since: '2026-05-04T09:00:00Z' };
const nobody = { claim: null, assignee: null };

describe('filters', () => {
  it('each have a name in the address and come back by it', () => {
    expect([...FILTERS].sort()).toEqual([...DESK_FILTERS].sort());
    for (const filter of FILTERS) expect(filterOf(nameOf(filter))).toBe(filter);
  });

  it('fall back to what is open', () => {
    expect(filterOf(null)).toBe('open');
    expect(filterOf('constructor')).toBe('open');
  });

  it('stay in the address of an action', () => {
    expect(actionAt('claim', { toon: null, na: null })).toBe('?/claim');
    expect(actionAt('claim', { toon: 'nieuw', na: 'a b' })).toBe('?/claim&toon=nieuw&na=a+b');
  });
});

describe('the words of a row', () => {
  it('say who is on it: me, a colleague, an expert or nobody', () => {
    expect(holderOf({ claim: claim('Noor', true), assignee }, w).text).toBe('u bent bezig');
    expect(holderOf({ claim: claim('Johan'), assignee }, w)).toEqual({
      kind: 'other',
      text: 'Johan is bezig',
    });
    expect(holderOf({ claim: null, assignee }, w).text).toBe('gevraagd: Marleen');
    expect(holderOf(nobody, w).text).toBe('nog niemand');
  });

  it('say how long there is while the clock runs, and else how it stands', () => {
    expect(timeOf({ state: 'running', left: 'nog 3 uur' }, w)).toBe('nog 3 uur');
    expect(timeOf({ state: 'overdue', left: '2 uur te laat' }, w)).toBe('2 uur te laat');
    expect(timeOf({ state: 'paused', left: '' }, w)).toBe('wacht op de vrager');
    expect(timeOf({ state: 'kept-late', left: '' }, w)).toBe('later dan beloofd');
  });
});

describe('the answers of a row', () => {
  it('are counted, and it says when one of the redactie should look', () => {
    expect(answersOf({ answerCount: 0, toCheck: false }, '0 antwoorden', w)).toBe('geen antwoord');
    expect(answersOf({ answerCount: 2, toCheck: false }, '2 antwoorden', w)).toBe('2 antwoorden');
    expect(answersOf({ answerCount: 1, toCheck: true }, '1 antwoord', w)).toBe(
      '1 antwoord, te controleren',
    );
  });
});

describe('the stage of a question', () => {
  const item = {
    ...nobody,
    status: 'open' as const,
    toCheck: false,
    promise: { state: 'running' as const },
  };

  it('is what there is to do first', () => {
    expect(stageOf(item)).toBe('free');
    expect(stageOf({ ...item, assignee })).toBe('assigned');
    expect(stageOf({ ...item, assignee, claim: claim('Noor', true) })).toBe('mine');
    expect(stageOf({ ...item, toCheck: true, claim: claim('Noor', true) })).toBe('to-check');
    expect(stageOf({ ...item, toCheck: true, claim: claim('Johan') })).toBe('held');
    expect(stageOf({ ...item, status: 'answered', assignee })).toBe('answered');
    expect(stageOf({ ...item, status: 'withdrawn' })).toBe('closed');
  });
});

describe('the next question', () => {
  const refs = ['a', 'b', 'c'];

  it('is the row below, and after the last one the first', () => {
    expect(nextOf(refs, 'a', 0)).toBe('b');
    expect(nextOf(refs, 'c', 2)).toBe('a');
    expect(nextOf(['a'], 'a', 0)).toBeNull();
  });

  it('is the one that took the place of a row that left', () => {
    expect(nextOf(['a', 'c'], 'b', 1)).toBe('c');
    expect(nextOf(['a', 'b'], 'c', 2)).toBe('b');
    expect(nextOf([], 'a', 0)).toBeNull();
    expect(nextOf(refs, null, 0)).toBe('a');
  });
});

describe('news about the question that is open', () => {
  const pane = {
    ref: 'a',
    stage: 'free' as const,
    history: [{ key: '1 promise-started', text: 'De vraag kwam binnen', who: null }],
    answers: [],
  };
  const taken = (who: string) => ({
    ...pane,
    history: [...pane.history, { key: '2 claim', text: `${who} pakte de vraag op`, who }],
  });

  it('tells what a colleague did, and what they undid', () => {
    const after = taken('Johan');
    expect(newsOf(pane, after, 'Noor', w)).toBe('Johan pakte de vraag op.');
    const undone = {
      ...after,
      history: after.history.map((h) => ({ ...h, text: `${h.text} en draaide dat terug` })),
    };
    expect(newsOf(after, { ...undone, history: undone.history.slice(1) }, 'Noor', w)).toBe(
      'Johan pakte de vraag op en draaide dat terug.',
    );
  });

  it('is silent about oneself, about another question and when nothing happened', () => {
    expect(newsOf(pane, taken('Noor'), 'Noor', w)).toBeNull();
    expect(newsOf({ ...pane, ref: 'b' }, taken('Johan'), 'Noor', w)).toBeNull();
    expect(newsOf(pane, pane, 'Noor', w)).toBeNull();
  });

  it('tells of an answer and of a question that is gone', () => {
    const answers = [{ id: '1', name: 'Marleen', own: false }];
    expect(newsOf(pane, { ...pane, answers }, 'Noor', w)).toBe(
      'Er is een nieuw antwoord van Marleen.',
    );
    expect(newsOf(pane, { ...pane, stage: 'closed' }, 'Noor', w)).toBe(w.closedText);
  });
});

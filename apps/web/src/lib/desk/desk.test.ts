import { DESK_FILTERS } from '@wijk/contracts/desk';
import { pageTexts } from '@wijk/i18n';
import { describe, expect, it } from 'vitest';
import { namesIn } from '#lib/text.ts';
import { actionAt, FILTERS, filterOf, nameOf } from './filters.ts';
import { mainOf } from './main.ts';
import { newsOf } from './news.ts';
import { nextOf } from './queue.ts';
import { answersOf, chipsOf, holderOf, stageOf, timeOf } from './row.ts';
import { namesByRef } from './viewers.ts';

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
    expect(actionAt('claim', { toon: null, thema: null, na: null })).toBe('?/claim');
    expect(actionAt('claim', { toon: 'nieuw', thema: 'wonen', na: 'a b' })).toBe(
      '?/claim&toon=nieuw&thema=wonen&na=a+b',
    );
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
    expect(timeOf({ state: 'paused', left: '' }, w)).toBe('klok staat stil');
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
  const calm = {
    urgent: false,
    held: false,
    hidden: false,
    flagged: false,
    appealed: false,
    mailRefused: false,
  };
  const item = {
    ...nobody,
    status: 'open' as const,
    moderation: 'shown' as const,
    toCheck: false,
    own: false,
    waitingUntil: null,
    attention: calm,
    byAsker: { edited: false, unhelpful: false },
    promise: { state: 'running' as const },
  };
  const mine = claim('Noor', true);
  const other = claim('Johan');
  const seen = (what: Partial<typeof calm>) => ({ ...calm, ...what });

  it('is what there is to do first', () => {
    expect(stageOf(item)).toBe('free');
    expect(stageOf({ ...item, assignee })).toBe('assigned');
    expect(stageOf({ ...item, assignee, claim: mine })).toBe('mine');
    expect(stageOf({ ...item, toCheck: true, claim: mine })).toBe('to-check');
    expect(stageOf({ ...item, toCheck: true, claim: other })).toBe('taken');
    expect(stageOf({ ...item, waitingUntil: '2026-05-11T10:00:00Z' })).toBe('waiting');
    expect(stageOf({ ...item, status: 'answered', assignee })).toBe('answered');
    expect(stageOf({ ...item, status: 'duplicate' })).toBe('duplicate');
    expect(stageOf({ ...item, status: 'withdrawn' })).toBe('closed');
  });

  it('is a decision before an answer, and distress before all of them', () => {
    const all = seen({ urgent: true, held: true, hidden: true, flagged: true });
    expect(stageOf({ ...item, claim: mine, attention: all })).toBe('urgent');
    expect(stageOf({ ...item, attention: { ...all, urgent: false } })).toBe('held');
    const hidden = { ...item, attention: seen({ hidden: true, flagged: true }) };
    expect(stageOf({ ...hidden, moderation: 'hidden' })).toBe('hidden');
    // only something under it is
    expect(stageOf(hidden)).toBe('flagged');
    expect(stageOf({ ...item, status: 'answered', attention: seen({ flagged: true }) })).toBe(
      'flagged',
    );
    expect(stageOf({ ...item, status: 'removed', attention: seen({ appealed: true }) })).toBe(
      'appealed',
    );
    expect(stageOf({ ...item, claim: other, attention: all })).toBe('taken');
  });

  it('has one main thing to do; at a question of my own a colleague does it', () => {
    expect(mainOf('free', false)).toBe('claim');
    expect(mainOf('free', true)).toBe('next');
    expect(mainOf('mine', true)).toBe('next');
    expect(mainOf('urgent', true)).toBe('urgent');
    expect(mainOf('hidden', false)).toBe('publish');
  });

  it('shows all that stands out as chips, distress first', () => {
    const chips = (more: object) => chipsOf({ ...item, ...more }, null, w).map((chip) => chip.text);
    expect(chips({})).toEqual([]);
    expect(chips({ own: true, attention: seen({ flagged: true, urgent: true }) })).toEqual([
      'noodsignaal',
      'gemeld',
      'eigen vraag',
    ]);
    expect(chips({ status: 'removed', attention: seen({ mailRefused: true }) })).toEqual([
      'weggehaald',
      'mail niet aangekomen',
    ]);
    expect(chipsOf(item, 'vrijdag 9.00 uur', w)).toEqual([
      { kind: 'waiting', text: 'wacht op de vrager tot vrijdag 9.00 uur' },
    ]);
  });
});

describe('who looks at what', () => {
  it('is told by question, everybody once', () => {
    const viewers = [
      { name: 'Noor', ref: 'a' },
      { name: 'Johan', ref: 'b' },
      { name: 'Ayse', ref: 'a' },
      { name: 'Noor', ref: 'a' },
    ];
    expect([...namesByRef(viewers)]).toEqual([
      ['a', ['Noor', 'Ayse']],
      ['b', ['Johan']],
    ]);
    expect(namesIn(['Noor'], 'en')).toBe('Noor');
    expect(namesIn(['Noor', 'Ayse', 'Johan'], 'en')).toBe('Noor, Ayse en Johan');
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

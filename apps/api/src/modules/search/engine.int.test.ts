import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';

let house: House;
let fatima: Guest;
let noor: Guest;
let els: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima El Amrani');
  noor = await house.guest('Noor Bakker', ['editor']);
  els = await house.guest('Els Jansen', ['chief-editor']);
  for (const title of [
    'Wie betaalt een traplift?',
    'Waar kan ik een rolstoel lenen?',
    'Hoe vraag ik huurtoeslag aan?',
    'Wat kost een paspoort voor mijn dochter?',
  ])
    await ask(title);
  await house.work();
});
afterAll(() => house.close());

async function ask(title: string, more: object = {}) {
  const body = { title, body: '', theme: 'wonen', visibility: 'public' as const, ...more };
  return ok(await house.call(contract.askQuestion, fatima, { body })).ref;
}
const search = async (q: string) =>
  ok(await house.call(contract.searchQuestions, null, { query: { q } }));
const titles = async (q: string) => (await search(q)).items.map((item) => item.title);

describe('the index follows what happens, from the commit on', () => {
  it('finds what was just asked, before any worker came by', async () => {
    await ask('Waar lever ik een kapotte koelkast in?');
    expect(await titles('koelkast')).toEqual(['Waar lever ik een kapotte koelkast in?']);
  });

  it('finds words of an answer', async () => {
    const question = await ask('Wie helpt bij formulieren?');
    const body = { body: 'Het spreekuur van de sociaal raadslieden is op donderdag.' };
    ok(await house.call(contract.answerQuestion, noor, { params: { question }, body }));
    expect(await titles('sociaal raadslieden')).toContain('Wie helpt bij formulieren?');
  });

  it('no longer finds what was hidden, and finds it again when that is undone', async () => {
    const question = await ask('Waar is de giraffe gebleven?');
    const hide = {
      params: { question },
      body: { reason: 'off-topic' as const, message: 'Zo niet.' },
    };
    const { undo } = ok(await house.call(contract.hideQuestion, noor, hide));
    expect(await titles('giraffe')).toEqual([]);
    ok(await house.call(contract.undoAction, noor, { params: { action: undo ?? '' } }));
    expect(await titles('giraffe')).toEqual(['Waar is de giraffe gebleven?']);
    ok(await house.call(contract.withdrawQuestion, fatima, { params: { question } }));
    expect(await titles('giraffe')).toEqual([]);
  });

  it('finds the question in the place of a duplicate', async () => {
    const original = await ask('Hoe meld ik een losse stoeptegel?');
    const double = await ask('Losse stoeptegel melden, hoe dan?');
    const mark = { params: { question: double }, body: { original } };
    const { undo } = ok(await house.call(contract.markDuplicate, noor, mark));
    expect(await titles('stoeptegel')).toEqual(['Hoe meld ik een losse stoeptegel?']);
    ok(await house.call(contract.undoAction, noor, { params: { action: undo ?? '' } }));
    expect(await titles('stoeptegel')).toHaveLength(2);
  });

  it('mends a typing error, and finds a compound by its parts and the other way round', async () => {
    const found = await search('rolstol lenen');
    expect(found.items[0]?.title).toBe('Waar kan ik een rolstoel lenen?');
    expect(found.corrected).toContain('rolstoel');
    expect((await titles('toeslag voor de huur'))[0]).toBe('Hoe vraag ik huurtoeslag aan?');
    expect((await titles('trap lift'))[0]).toBe('Wie betaalt een traplift?');
  });
});

describe('words that mean the same', () => {
  const list = async () => ok(await house.call(contract.listSynonyms, noor, {})).items;
  const add = (words: string[], who = noor) =>
    house.call(contract.addSynonyms, who, { body: { words } });

  it('are there from the start, and those of the redactie work at once', async () => {
    expect((await list()).length).toBeGreaterThan(100);
    expect(await titles('reisdocumentje')).toEqual([]);
    const set = ok(await add(['reisdocumentje', 'paspoort']));
    expect(set).toMatchObject({ version: 1, changedBy: 'Noor Bakker' });
    expect(await titles('reisdocumentje')).toEqual(['Wat kost een paspoort voor mijn dochter?']);
    const { id, version } = set;
    const remove = { params: { synonyms: id }, query: { version } };
    ok(await house.call(contract.removeSynonyms, noor, remove));
    expect(await titles('reisdocumentje')).toEqual([]);
    expect(refusal(await house.call(contract.removeSynonyms, noor, remove))).toBe(
      '404 search.synonyms-not-found',
    );
  });

  it('are changed by one editor at a time, and it is known who did', async () => {
    const { id, version } = ok(await add(['opticien', 'brillenwinkel']));
    house.clock.advance(1000);
    const change = (who: Guest, words: string[]) =>
      house.call(contract.changeSynonyms, who, {
        params: { synonyms: id },
        body: { words, version },
      });
    const outcomes = await Promise.all([
      change(noor, ['opticien', 'brillenzaak']),
      change(els, ['opticien', 'oogmeter']),
    ]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual([200, 409]);
    const stored = (await list()).find((set) => set.id === id);
    expect(stored?.version).toBe(2);
    const { rows } = await house.owner.$client.query<{ change: string; actor: string }>(
      `select payload ->> 'change' as change, payload ->> 'actorId' as actor from kernel.event
      where type = 'synonyms.changed.v1' and payload ->> 'synonymsId' = $1 order by id`,
      [id],
    );
    expect(rows.map((row) => row.change)).toEqual(['added', 'changed']);
    expect(rows[0]?.actor).toBe(noor.membershipId);
  });

  it('are words, two at least, and for the redactie alone', async () => {
    const faults = async (words: string[]) => {
      const outcome = await add(words);
      return outcome.ok ? [] : outcome.problem.errors.map((e) => `${e.pointer} ${e.code}`);
    };
    expect(await faults(['alleen'])).toEqual(['words too-small']);
    expect(await faults(['Fiets', 'fiets'])).toEqual(['words too-few-words']);
    expect(await faults(['fiets', '<b>', 'x'])).toEqual(['words.1 invalid', 'words.2 too-short']);
    expect(refusal(await add(['fiets', 'rijwiel'], fatima))).toBe('403 kernel.forbidden');
    expect(refusal(await house.call(contract.listSynonyms, fatima, {}))).toBe(
      '403 kernel.forbidden',
    );
  });
});

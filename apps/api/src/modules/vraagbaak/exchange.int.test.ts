import {
  askQuestion,
  EXCHANGE_LINE_MAX,
  exportQuestions,
  getQuestion,
  getScore,
  type ImportReport,
  importQuestions,
  listDesk,
  listQuestions,
  readLine,
  runImport,
  splitLines,
} from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';

let house: House;
let admin: Guest;
let editor: Guest;

beforeAll(async () => {
  house = await openHouse();
  admin = await house.guest('Sander Beheer', ['admin']);
  editor = await house.guest('Noor Redactie', ['editor']);
});

afterAll(() => house?.close());

const header = { type: 'header', format: 'vraagbaak-questions', version: 1 };
const question = (id: string, more: object = {}) => ({
  type: 'question',
  id,
  title: `Wie weet ${id}?`,
  body: 'Met "aanhaling", emoji 👩‍👩‍👧\nen een regel.',
  theme: 'wonen',
  visibility: 'public',
  askedBy: 'Oude Buur',
  askedAt: '2025-03-01T09:00:00.000Z',
  health: false,
  ...more,
});
const answer = (id: string, of: string, more: object = {}) => ({
  type: 'answer',
  id,
  question: of,
  body: `Antwoord ${id}`,
  format: 'text',
  author: { name: 'Dokter Anders', title: 'Huisarts', capacity: 'expert' },
  at: '2025-03-01T10:00:00.000Z',
  endorsedAt: null,
  helpfulAt: '2025-03-02T10:00:00.000Z',
  ...more,
});
const file = (...lines: (object | string)[]) =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');

async function take(
  text: string,
  { source = 'oud-forum', dryRun = false, wijk = house.wijk.slug, who = admin } = {},
): Promise<ImportReport> {
  const body = { source, text, dryRun };
  return ok(await house.call(importQuestions, who, { params: { wijk }, body }));
}

async function exported(wijk: string, who: Guest): Promise<Record<string, unknown>[]> {
  const { lines, nextCursor } = ok(await house.call(exportQuestions, who, { params: { wijk } }));
  expect(nextCursor).toBeNull();
  return lines.map((line) => JSON.parse(line));
}

const counts = async () => {
  const { rows } = await house.owner.execute<Record<string, number>>(sql`select
    (select count(*)::int from vraagbaak.question) q, (select count(*)::int from vraagbaak.answer) a,
    (select count(*)::int from vraagbaak.promise_step) s, (select count(*)::int from vraagbaak.desk_entry) d,
    (select count(*)::int from kernel.event) e, (select count(*)::int from sealed.question_author) w,
    (select count(*)::int from notifications.mail) m`);
  return rows[0] ?? {};
};

describe('taking in', () => {
  it('adds what is right, once; nobody is asked, mailed or promised anything', async () => {
    const text = file(
      header,
      question('a'),
      question('b', { visibility: 'anonymous', askedBy: null, health: true }),
      answer('1', 'a'),
      answer('2', 'b', { author: { name: 'Buur', title: null, capacity: 'resident' } }),
    );
    const before = await counts();
    expect(await take(text, { dryRun: true })).toMatchObject({
      questions: 2,
      answers: 2,
      refusedCount: 0,
    });
    expect(await counts()).toEqual(before);
    expect(await take(`\uFEFF${text.replaceAll('\n', '\r\n')}\r\n`)).toMatchObject({
      questions: 2,
      answers: 2,
      known: 0,
      refusedCount: 0,
    });
    const after = await counts();
    expect(after).toEqual({ ...before, q: Number(before.q) + 2, a: Number(before.a) + 2 });
    expect(await take(text)).toMatchObject({ questions: 0, answers: 0, known: 4, refusedCount: 0 });
    expect(await counts()).toEqual(after);
    const score = ok(await house.call(getScore, null, { query: { weeks: 52 } }));
    expect([score.openNow, score.total.asked]).toEqual([0, 0]);
    expect(ok(await house.call(listDesk, editor, {})).items).toEqual([]);
    const list = ok(await house.call(listQuestions, null, {})).items;
    const a = list.find(({ title }) => title === 'Wie weet a?');
    expect(a).toMatchObject({ askedBy: 'Oude Buur', status: 'answered', answerCount: 1 });
    expect(list.find(({ title }) => title === 'Wie weet b?')).toMatchObject({
      askedBy: null,
      status: 'open',
    });
    const page = ok(await house.call(getQuestion, null, { params: { question: a?.ref ?? '' } }));
    expect(page.answers[0]?.author).toEqual({
      name: 'Dokter Anders',
      title: 'Huisarts',
      capacity: 'expert',
    });
    expect(page.promise.state).toBe('cancelled');
  });

  it('leaves what was there when a line says something else under the same id', async () => {
    const report = await take(file(header, question('a', { title: 'Iets heel anders' })));
    expect(report.refused).toEqual([{ line: 2, field: 'id', code: 'changed', params: {} }]);
    const elsewhere = await take(file(header, question('a', { title: 'Iets heel anders' })), {
      source: 'ander-forum',
    });
    expect(elsewhere.questions).toBe(1);
  });

  it('says of each refused line where, which field and why, and goes on; a dry run says the same', async () => {
    const text = file(
      header,
      '{"type":"question"',
      question('x1', { title: 'k', theme: 7, extra: 1 }),
      question('x2', { theme: 'nergens' }),
      question('x3', { visibility: 'private', askedBy: null }),
      question('x4', { visibility: 'anonymous' }),
      question('x5', { askedAt: '2031-01-01T00:00:00Z' }),
      question('x6', { title: 'Kapot \uFFFD teken' }),
      '{"type":"question","id":"x7\\ud800"}',
      answer('y1', 'is-er-niet'),
      header,
      'null',
      `"${'x'.repeat(EXCHANGE_LINE_MAX)}"`,
      '',
      question('x8'),
      question('x8'),
      question('x8', { body: 'anders' }),
    );
    const dry = await take(text, { dryRun: true, source: 'fouten' });
    const real = await take(text, { source: 'fouten' });
    expect({ ...dry, dryRun: false }).toEqual(real);
    expect(real).toMatchObject({ questions: 1, known: 1, answers: 0, stopped: false });
    const said = real.refused.map(({ line, field, code }) => `${line} ${field} ${code}`);
    expect(said).toEqual(
      expect.arrayContaining([
        '2  not-json',
        '3 title too-short',
        '3 theme invalid',
        '3 extra unknown-field',
        '4 theme invalid-choice',
        '5 visibility private-question',
        '6 askedBy name-of-anonymous',
        '7 askedAt in-the-future',
        '8  not-utf8',
        '9 id control-characters',
        '10 question unknown-question',
        '11  second-header',
        '13  too-long',
        '17 id changed',
      ]),
    );
  });

  it('does not begin with a file that does not say what it is', async () => {
    for (const first of [
      '',
      '{}',
      JSON.stringify(question('z')),
      JSON.stringify({ ...header, version: 2 }),
    ]) {
      const report = await take(file(first, question('z')), { source: 'vreemd' });
      expect(report).toMatchObject({ questions: 0, stopped: true });
      expect(report.refused[0]?.code).toBe('no-header');
    }
  });

  it('is for admins', async () => {
    const body = { source: 'x', text: 'x', dryRun: true };
    expect(refusal(await house.call(importQuestions, editor, { body }))).toBe(
      '403 kernel.forbidden',
    );
    expect(refusal(await house.call(exportQuestions, null, {}))).toBe('401 kernel.unauthenticated');
  });
});

describe('an export', () => {
  it('goes into another wijk and comes out the same but for ids', async () => {
    const other = await house.guest('Beheer Elders', ['admin'], house.other.id);
    const own = await exported(house.wijk.slug, admin);
    const text = own.map((line) => JSON.stringify(line)).join('\n');
    const report = await take(text, { wijk: house.other.slug, who: other });
    expect(report).toMatchObject({ refusedCount: 0, known: 0 });
    expect(report.questions).toBeGreaterThan(2);
    const bare = (lines: Record<string, unknown>[]) =>
      lines
        .slice(1)
        .map(({ id: _, question: __, ...rest }) => JSON.stringify(rest))
        .sort();
    expect(bare(await exported(house.other.slug, other))).toEqual(bare(own));
  });

  it('never has a private question, a held one, or who asked without a name', async () => {
    const fatima = await house.guest('Fatima Kanarie');
    const ask = async (visibility: 'anonymous' | 'private') =>
      ok(
        await house.call(askQuestion, fatima, {
          body: { title: `Van kanarie ${visibility}`, body: '', theme: 'wonen', visibility },
        }),
      );
    await ask('anonymous');
    await ask('private');
    const text = JSON.stringify(await exported(house.wijk.slug, admin));
    expect(text).toContain('Van kanarie anonymous');
    expect(text).not.toContain('Van kanarie private');
    expect(text).not.toContain('Fatima Kanarie');
  });
});

describe('a file of bytes', () => {
  async function* bytes(...parts: (string | Uint8Array)[]) {
    for (const part of parts)
      yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
  }
  const all = async (lines: AsyncIterable<string>) => {
    const found: string[] = [];
    for await (const line of lines) found.push(line);
    return found;
  };

  it('is read by LF and CRLF, without its byte order mark, over any cut', async () => {
    const whole = new TextEncoder().encode('\uFEFFéén\r\ntwee\n\ndrie');
    const cuts = Array.from(whole, (byte) => Uint8Array.of(byte));
    expect(await all(splitLines(bytes(...cuts)))).toEqual(['één', 'twee', '', 'drie']);
  });

  it('keeps no more of an endless line than tells that it is one', async () => {
    async function* endless() {
      const part = new TextEncoder().encode('x'.repeat(1 << 20));
      for (let n = 0; n < 1024; n += 1) yield part;
      yield new TextEncoder().encode('\nna\n');
    }
    const before = process.memoryUsage().heapUsed;
    const [long = '', next] = await all(splitLines(endless()));
    expect([long.length, next]).toEqual([EXCHANGE_LINE_MAX + 1, 'na']);
    expect(readLine(long)).toMatchObject({ faults: [{ code: 'too-long' }] });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
  }, 60_000);

  it('that is no UTF-8 is refused by the line', async () => {
    const broken = Uint8Array.of(0x7b, 0xff, 0xfe, 0x0a);
    const report = await runImport(
      splitLines(bytes(`${JSON.stringify(header)}\n`, broken)),
      { question: async () => 'added', answer: async () => 'added' },
      true,
    );
    expect(report.refused).toEqual([{ line: 2, field: '', code: 'not-utf8', params: {} }]);
  });
});

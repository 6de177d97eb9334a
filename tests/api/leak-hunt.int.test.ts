import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPages } from '../../apps/api/src/http/web.ts';
import { Listener } from '../../apps/api/src/jobs/listener.ts';
import type { House } from '../support/house.ts';
import { type Letter, openPost, type Post } from '../support/post.ts';
import { allRows } from '../support/rows.ts';
import { leaks, PUBLIC, READERS, type Reader, type Sighting, unseen } from './leak/canaries.ts';
import { readRaw } from './leak/mail.ts';
import { asker, pagePaths, queriesOf, readApi, readFound, readPages } from './leak/outputs.ts';
import { play, type Story } from './leak/story.ts';
import { beside } from './leak/to-market.ts';
import { type Page, type ServedHouse, serveHouse } from './served-house.ts';

/**
 * The leak hunt (V3): a word of its own for every secret, sent through every output that there is.
 * Operations come from the routes as registered, pages from the files of apps/web: what is added is
 * hunted by itself. Who may meet what stands in leak/canaries.ts; anybody else who does is a leak.
 */

const BUILT = fileURLToPath(new URL('../../apps/web/build/handler.js', import.meta.url));

let house: ServedHouse;
let post: Post;
let story: Story;
let letters: Letter[];
let api: Sighting[];
let listener: Listener;
const lines: string[] = [];
const sockets: { reader: Reader; page: Page }[] = [];

beforeAll(async () => {
  house = await serveHouse({
    env: { LOG_LEVEL: 'trace', STRICT_LIMITS: 'no' },
    log: (line) => lines.push(line),
    ...(existsSync(BUILT) ? { pages: await loadPages() } : {}),
  });
  const { services } = house;
  const nothing = () => {};
  listener = new Listener({
    url: String(services.db.$client.options.connectionString),
    log: services.log,
    heard: {
      live: (hint) => services.live.tell(hint),
      work: nothing,
      sessionEnded: nothing,
      changed: nothing,
      connected: nothing,
    },
  });
  await listener.start();
  post = await openPost(house, readRaw);
  story = await play(house, listen);
  letters = await post.settle();
  const get = await asker(house, story.people);
  api = [...(await readApi(house, story, get)), ...(await readFound(house, get))];
}, 300_000);

afterAll(async () => {
  for (const { page } of sockets) page.socket.terminate();
  await listener?.stop();
  await post?.stop();
  await house?.close();
});

/** Every reader watches the desk, their own news and each question, as far as they may. */
async function listen(ref: string): Promise<void> {
  if (sockets.length === 0) {
    const visitor = { reader: 'visitor' as Reader, page: await house.open() };
    sockets.push(visitor);
    for (const [reader, name] of Object.entries(NAMES)) {
      const who = await house.guest(name, [], reader === 'elsewhere' ? house.other.id : undefined);
      const headers = { cookie: await house.cookieOf(who) };
      sockets.push({ reader: reader as Reader, page: await house.open({ headers }) });
    }
    for (const { page } of sockets)
      for (const topic of ['desk', 'me']) page.say({ type: 'subscribe', topic });
  }
  for (const { page } of sockets) page.say({ type: 'subscribe', topic: `question:${ref}` });
}

/** As `play` names them; a platform admin who is no member has no socket here. */
const NAMES: Partial<Record<Reader, string>> = {
  asker: 'Zqvoornaam Zqachternaam',
  neighbour: 'Gewone Buur',
  expert: 'Esra Kenner',
  'other-expert': 'Otto Kenner',
  editor: 'Noor Redactie',
  chief: 'Johan Hoofd',
  admin: 'Ada Beheer',
};

/** The market master of the story reads none of its questions: what they get in a mail may hold nothing at all. */
const MASTER = 'mees.meester@';

const readerOf = (address: string): Reader | undefined =>
  (Object.entries(story.people).find(([, { email }]) => email === address)?.[0] as Reader) ??
  (address.startsWith('gast@') ? 'visitor' : undefined);

const says = (text: string) =>
  story.all.filter((one) => text.toLowerCase().includes(one.text.toLowerCase()));

/** This output holds what is public: its lists are no empty ones. */
const reaches = (seen: readonly Sighting[], where: string, by: Reader = 'visitor') =>
  seen.some(
    (one) =>
      one.reader === by &&
      one.where.startsWith(where) &&
      PUBLIC.some((word) => one.text.includes(word)),
  );

describe('no secret is met by anybody who may not', () => {
  it('in replies to what is done, and in every operation that reads', () => {
    expect(api.length).toBeGreaterThan(1000);
    expect(leaks(story.all, [...story.told, ...api])).toEqual([]);
    // whoever may does meet it: the hunt does not look past it
    expect(unseen(story.all, [...story.told, ...api])).toEqual([]);
    const visitor = api.filter(({ reader }) => reader === 'visitor').map(({ text }) => text);
    for (const word of PUBLIC) expect(visitor.join()).toContain(word);
    // what is public was found, or nothing could have been
    for (const where of ['similarQuestions', 'searchQuestions', 'readFeed', 'relatedQuestions'])
      expect([where, reaches(api, where)]).toEqual([where, true]);
    expect(reaches(api, 'exportQuestions', 'admin')).toBe(true);
  });

  it.skipIf(!existsSync(BUILT))(
    'on every page of the site',
    async () => {
      const pages = await readPages(house, story, await asker(house, story.people));
      expect(pagePaths()).toContain('/vragen/:ref');
      expect(pages.length).toBeGreaterThan(500);
      expect(leaks(story.all, pages)).toEqual([]);
      const visitor = pages.filter(({ reader }) => reader === 'visitor').map(({ text }) => text);
      for (const word of PUBLIC) expect(visitor.join()).toContain(word);
      const asked = pages.filter(({ reader }) => reader === 'asker').map(({ text }) => text);
      for (const word of ['zqprivetitel', 'zqvoorstel', 'zqkijkreden'])
        expect([word, asked.join().includes(word)]).toEqual([word, true]);
      for (const page of ['vragen/feed.atom', 'vragen/feed.json', 'sitemap-vragen.xml', 'zoeken'])
        expect([page, reaches(pages, `page /${page}`)]).toEqual([page, true]);
      expect(reaches(pages, 'page /beheer/uitwisselen/vragen.jsonl', 'admin')).toBe(true);
      const open = pages.find(({ where }) => where === `page /vragen/${story.refs.open}`);
      expect(open?.text).toContain('application/ld+json');
    },
    300_000,
  );

  it('in mails, to the letter: no words of a question at all, and no name but one’s own', () => {
    expect(letters.length).toBeGreaterThan(15);
    const found: string[] = [];
    for (const { to, raw, text, html, subject } of letters) {
      const reader = readerOf(to);
      expect([to, reader === undefined]).toEqual([to, to.startsWith(MASTER)]);
      for (const { what, mailedTo = [] } of says([raw, text, html, subject].join('\n')))
        if (!reader || !mailedTo.includes(reader)) found.push(`${to}: ${what}`);
    }
    expect(found).toEqual([]);
    expect(
      letters.some(({ to, text }) => readerOf(to) === 'asker' && text.includes('Zqvoornaam')),
    ).toBe(true);
  });

  it('in messages of the live connection', () => {
    const heard = sockets.flatMap(({ reader, page }) =>
      page.heard
        // says back what was asked for
        .filter(({ type }) => type !== 'refused' && type !== 'subscribed')
        .map((message) => ({ reader, where: 'live', text: JSON.stringify(message) })),
    );
    expect(heard.filter(({ reader }) => reader === 'editor').length).toBeGreaterThan(20);
    expect(heard.filter(({ reader }) => reader === 'visitor').length).toBeGreaterThan(3);
    expect(leaks(story.all, heard)).toEqual([]);
  });

  it('in the log, whatever its level', () => {
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines.filter((line) => says(line).length > 0).slice(0, 3)).toEqual([]);
  });

  it('in events, kept replies and mail that waits: ids of things, and nobody', async () => {
    const tables = await allRows(String(house.owner.$client.options.connectionString));
    const { membershipId, personId, email } = story.people.asker;
    const words = story.all.filter(({ text }) => text.startsWith('zq')).map(({ text }) => text);
    for (const name of [
      'kernel.event',
      'kernel.delivery',
      'kernel.idempotency',
      'notifications.mail',
      'notifications.notice',
      'vraagbaak.consent',
      'vraagbaak.asker_look',
      'vraagbaak.desk_action',
      'vraagbaak.promise_event',
    ]) {
      const rows = tables.get(name);
      expect([name, (rows?.length ?? 0) > 0]).toEqual([name, true]);
      const reason = name === 'vraagbaak.asker_look' ? ['zqkijkreden'] : [];
      // a kept reply has the address of the question, which is made of its title's words
      const spoken = name === 'kernel.idempotency' ? [] : words;
      for (const row of rows ?? [])
        for (const word of [membershipId, personId, email, ...spoken])
          if (!reason.includes(word))
            expect([name, word, row.includes(word)]).toEqual([name, word, false]);
    }
  });

  it('by a public version: nothing of it is the same as of the private question', async () => {
    const { rows } = await (house as House).owner.$client.query<Record<string, unknown>>(
      `select q.*, p.started_at, p.due_at, a.id as answer, a.published_at from vraagbaak.question q
       join vraagbaak.promise p on p.question_id = q.id
       left join vraagbaak.answer a on a.question_id = q.id
       where q.ref = any($1) order by (q.visibility = 'private') desc, a.published_at`,
      [[story.refs.private, story.refs.twin]],
    );
    const [origin, twin] = [rows.at(0), rows.at(-1)];
    for (const key of [
      'id',
      'ref',
      'slug',
      'title',
      'body',
      'submitted_at',
      'started_at',
      'due_at',
      'answer',
      'published_at',
    ])
      expect([key, twin?.[key] !== null && String(twin?.[key]) !== String(origin?.[key])]).toEqual([
        key,
        true,
      ]);
  });
});

describe('a question whose asker is hidden, made into a request on the market', () => {
  const rows = () => allRows(String(house.owner.$client.options.connectionString));

  it('leaves no row outside of the seal that has both, nor who asked', async () => {
    const tables = await rows();
    expect(story.crossings.map(({ what }) => what)).toEqual(['anonymous', 'private']);
    for (const crossing of story.crossings) {
      for (const id of [...crossing.question, ...crossing.theirs])
        expect([id, [...tables.values()].flat().some((row) => row.includes(id))]).toEqual([
          id,
          true,
        ]);
      expect(beside(tables, crossing)).toEqual([]);
    }
  });

  it('shows nobody that they belong together, but for whoever asked', () => {
    for (const { what, question, theirs } of story.crossings) {
      const [, asked = ''] = question;
      const [, request = ''] = theirs;
      const both = api.filter(
        ({ reader, text, asked: url = '' }) =>
          reader !== 'neighbour' &&
          [text, url].join().includes(asked) &&
          [text, url].join().includes(request),
      );
      expect([what, both.map(({ reader, where }) => `${reader} ${where}`)]).toEqual([what, []]);
    }
  });

  it('cannot be linked: the database refuses it; and where it is done by force, the hunt finds it', async () => {
    for (const crossing of story.crossings) {
      const [id] = crossing.question;
      const [listing, , , , order] = crossing.theirs;
      const link = [
        ['market.listing', 'question_id', 'listing_not_sealed', listing],
        ['market.listing', 'became_question_id', 'listing_not_sealed', listing],
        ['market."order"', 'question_id', 'order_not_sealed', order],
      ] as const;
      for (const [table, column, trigger, row] of link) {
        const client = await house.owner.$client.connect();
        try {
          const set = `update ${table} set ${column} = $1 where id = $2`;
          await expect(client.query(set, [id, row])).rejects.toThrow(/whose asker is hidden/);
          await client.query(`alter table ${table} disable trigger ${trigger}`);
          await client.query(set, [id, row]);
          const found = beside(await rows(), crossing);
          expect([column, found.length > 0]).toEqual([column, true]);
          await client.query(set, [null, row]);
          expect(beside(await rows(), crossing)).toEqual([]);
        } finally {
          await client.query(`alter table ${table} enable trigger ${trigger}`);
          client.release();
        }
      }
    }
  });
});

describe('the hunt itself', () => {
  it('asks each choice of a query, and searches for what every question has', () => {
    const list = house.app.routes.find(({ contract }) => contract.id === 'listQuestions');
    const asked = list ? queriesOf(list.contract) : [];
    expect(asked).toContainEqual({ show: 'mine' });
    const originals = house.app.routes.find(({ contract }) => contract.id === 'findOriginals');
    expect(originals && queriesOf(originals.contract)).toContainEqual({ q: 'wasbeer' });
  });

  it.each(READERS)('finds what %s may not have met', (reader) => {
    const planted = (text: string) => leaks(story.all, [{ reader, where: 'planted', text }]);
    // nobody may meet a membership, and all but the asker never her name
    expect(planted(`by ${story.people.asker.membershipId}`)).toHaveLength(1);
    expect(planted('gevraagd door Zqvoornaam')).toHaveLength(reader === 'asker' ? 0 : 1);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Contract, searchQuestions, similarQuestions } from '@wijk/contracts';
import { z } from 'zod';
import { type House, ORIGIN } from '../../support/house.ts';
import { NOTHING, urlOf } from '../routes.ts';
import { READERS, type Reader, type Sighting } from './canaries.ts';
import { COMMON, titled } from './stage.ts';
import type { Story } from './story.ts';

const ROUTES = fileURLToPath(new URL('../../../apps/web/src/routes', import.meta.url));

/**
 * Every way to fill in the names of a path that means something: what is with a question by the
 * reference of that question, and by that of the open one, where it does not belong.
 */
function filled(
  names: readonly string[],
  { params, home, refs }: Pick<Story, 'params' | 'home' | 'refs'>,
): Record<string, string>[] {
  const all = names.reduce<Record<string, string>[]>(
    (some, name) => {
      const values = params[name] ?? [NOTHING[name] ?? ''];
      return some.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
    },
    [{}],
  );
  return all.filter((given) => {
    const of = given.question ?? given.ref;
    const child = given.answer ?? given.comment ?? given.photo;
    return !of || !child || of === refs.open || of === home.get(child);
  });
}

/** Queries worth asking: none, each choice of each list of choices, and a search for what all have. */
export function queriesOf({ query }: Pick<Contract, 'query'>): Record<string, string>[] {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' }) as {
    properties?: Record<string, { enum?: string[]; type?: string; maxLength?: number }>;
  };
  const queries: Record<string, string>[] = [{}];
  for (const [name, { enum: choices, type }] of Object.entries(properties)) {
    for (const choice of choices ?? []) queries.push({ [name]: choice });
    const free = type === 'string' && !choices && !['cursor', 'theme', 'from', 'to'].includes(name);
    if (free) queries.push({ [name]: COMMON });
    if (name === 'limit') queries.push({ limit: '50' });
  }
  return queries;
}

const namesIn = (path: string) => [...path.matchAll(/:([a-z]+)/g)].map(([, name = '']) => name);

type Get = (
  url: string,
  reader: Reader,
  body?: object,
) => Promise<{ status: number; text: string }>;

/** Asks as somebody, in process; the text holds headers and body. */
export async function asker(house: House, people: Story['people']): Promise<Get> {
  const cookies = new Map<Reader, string>();
  for (const [reader, { personId }] of Object.entries(people)) {
    const { sessions, db } = house.services;
    const { setCookie } = await sessions.issue(db, personId, { device: 'test' });
    cookies.set(reader as Reader, setCookie.split(';')[0] ?? '');
  }
  return async (url, reader, sent) => {
    const cookie = cookies.get(reader);
    const { statusCode, headers, body } = await house.app.fastify.inject({
      method: sent ? 'POST' : 'GET',
      url,
      headers: {
        host: new URL(ORIGIN).host,
        accept: 'text/html',
        ...(sent ? { origin: ORIGIN } : {}),
        ...(cookie ? { cookie } : {}),
      },
      ...(sent ? { payload: sent } : {}),
    });
    return { status: statusCode, text: `${JSON.stringify(headers)}\n${body}` };
  };
}

/** All of them at once: what one reads changes nothing for another. */
const byAll = (read: (reader: Reader) => Promise<void>) => Promise.all(READERS.map(read));

/** Every GET of the API, whichever there are, with every value and as every reader. */
export async function readApi(house: House, story: Story, get: Get): Promise<Sighting[]> {
  const seen: Sighting[] = [];
  const reads = house.app.routes.filter(({ contract }) => contract.method === 'GET');
  for (const { contract } of reads)
    for (const given of filled(
      namesIn(contract.path).filter((name) => name !== 'wijk'),
      story,
    ))
      for (const query of queriesOf(contract))
        await byAll(async (reader) => {
          const search = new URLSearchParams(query).toString();
          const url = `${urlOf(contract, house.wijk.slug, given)}${search ? `?${search}` : ''}`;
          const reply = await get(url, reader);
          const { status } = reply;
          // a picture has no words: what is on it stands for it
          const isPicture = /"content-type":"image/.test(reply.text);
          const text = isPicture ? (story.pictures.get(given.photo ?? '') ?? '') : reply.text;
          if (status >= 500) throw new Error(`${contract.id} as ${reader}: ${status} ${text}`);
          seen.push({ reader, where: `${contract.id} ${search}`, text, asked: url });
        });
  return seen;
}

/** Words of titles that only some may read, and of one that all may. */
const TITLES = ['zqopenbaar', 'zqprivetitel', 'zqwachttitel', 'zqgelakt', 'zqvastgehouden'];

/**
 * What is found by words: questions like one that is being written, and words that a search mends
 * (the last letter lacks). Neither says back what it was asked, so any such word is a find.
 */
export async function readFound(house: House, get: Get): Promise<Sighting[]> {
  const seen: Sighting[] = [];
  const search = urlOf(searchQuestions, house.wijk.slug).split('?')[0];
  for (const word of TITLES)
    await byAll(async (reader) => {
      const title = titled(word);
      const replies = {
        'similarQuestions POST': await get(urlOf(similarQuestions, house.wijk.slug), reader, {
          title,
          body: '',
        }),
        'searchQuestions words': await get(`${search}?q=${word}`, reader),
        'searchQuestions mended': await get(`${search}?q=${word.slice(0, -1)}`, reader),
      };
      for (const [where, { status, text }] of Object.entries(replies)) {
        if (status !== 200) throw new Error(`${where} as ${reader}: ${status} ${text}`);
        seen.push({ reader, where: `${where} ${word}`, text });
      }
    });
  return seen;
}

/** Every page and endpoint of the site, by the files that there are; `[ref]` becomes `:ref`. */
export function pagePaths(): string[] {
  const found = new Set<string>();
  for (const entry of readdirSync(ROUTES, { recursive: true, withFileTypes: true })) {
    if (!/^\+(page\.svelte|page\.server\.ts|server\.ts)$/.test(entry.name)) continue;
    const folder = join(entry.parentPath).slice(ROUTES.length);
    const path = folder
      .replaceAll('\\', '/')
      .replace(/\/\([^)]*\)/g, '')
      .replace(/\/\[\[[^\]]*\]\]/g, '')
      .replace(/\[(?:\.\.\.)?([a-z]+)(?:=[a-z]+)?\]/g, ':$1');
    found.add(path || '/');
  }
  return [...found].sort();
}

/** Values of `[id]`, which means another thing on each page. */
const IDS: Record<string, string> = { '/besluit/:id': 'decision' };

/** Words that a page looks for, and the reply that a page of replies is about, by their names. */
const WORDS: Record<string, readonly string[]> = {
  '/zoeken': [`?q=${COMMON}`],
  '/beheer/mensen': ['', '?zoek=zqachternaam'],
  '/redactie/woorden': ['', `?woord=${COMMON}`],
  '/redactie/:ref': ['', `?zoek=${COMMON}`],
  '/vragen': ['', '?toon=mine', '?toon=open'],
};
const OF_A_REPLY = ['/eerder/:ref', '/melden/:ref', '/mijn/vraag/:ref/niet-geholpen'];
/** Where each question is shown otherwise; the other pages are asked for one of each kind. */
const OF_EACH = ['/vragen/:ref', '/redactie/:ref'];
const KINDS = ['open', 'private', 'waiting', 'hidden', 'twin'];

/** What to ask a page for; there must be a value for each of its names. */
function addressesOf(path: string, story: Story): string[] {
  const names = namesIn(path);
  for (const name of names)
    if (!(name in story.params) && !(name in NOTHING) && name !== 'id')
      throw new Error(`tests/api/leak has no value for [${name}] of ${path}`);
  const kind = IDS[path];
  const { params, home, refs } = story;
  const some = KINDS.map((name) => refs[name] ?? '');
  const values = {
    ...params,
    ...(OF_EACH.includes(path) ? {} : { ref: some }),
    ...(path.startsWith('/klachten/:ref') ? { ref: params.complaint ?? [] } : {}),
    id: kind ? (params[kind] ?? []) : [NOTHING.mail ?? ''],
  };
  const replies = (name: string, param: string, ref: string | undefined) =>
    (params[param] ?? [])
      .filter((id) => home.get(id) === ref || (ref === refs.open && home.get(id) === refs.private))
      .map((id) => `?${name}=${id}`);
  return filled(names, { ...story, params: values }).flatMap((given) => {
    const address = path.replace(/:([a-z]+)/g, (_, name: string) => given[name] ?? '');
    const queries = OF_A_REPLY.includes(path)
      ? [
          '',
          ...replies('antwoord', 'answer', given.ref),
          ...replies('reactie', 'comment', given.ref),
        ]
      : (WORDS[path] ?? ['']);
    return queries.map((query) => `${address === '/' ? '' : address}${query}`);
  });
}

/** Every page as every reader. Addresses of feeds, sitemaps and the like are files of routes as well. */
export async function readPages(house: House, story: Story, get: Get): Promise<Sighting[]> {
  const seen: Sighting[] = [];
  for (const path of pagePaths())
    for (const address of addressesOf(path, story))
      await byAll(async (reader) => {
        const url = `/w/${house.wijk.slug}${address}`;
        let { status, text } = await get(url, reader);
        // on to the address with its words
        const to = /"location":"([^"]+)"/.exec(text)?.[1];
        if (status >= 300 && status < 400 && to?.startsWith('/w/') && !to.includes('/inloggen')) {
          const next = await get(to, reader);
          status = next.status;
          text = `${text}\n${next.text}`;
        }
        if (status >= 500) throw new Error(`${url} as ${reader}: ${status}`);
        seen.push({ reader, where: `page ${address}`, text, asked: url });
      });
  return seen;
}

import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { runningEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { launchBrowser } from '../support/browser.ts';
import { dataBlocks, qaPage } from '../support/qa-page.ts';
import { signIn, type Visitor, visit } from '../support/visitor.ts';

/** Open to readers (V13): a crawler without JavaScript, a feed reader, whoever kept an old address. */

let app: AppProcess;
let browser: Browser;
let fatima: Visitor;
let noor: Visitor;
let site: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  [fatima, noor] = await Promise.all([
    signIn(app.url, 'fatima.amrani@voorbeeld.example'),
    signIn(app.url, 'noor.vanderhorst@voorbeeld.example'),
  ]);
  const context = await visit(app.url).call(contract.getContext, {});
  site = context.ok ? context.data.wijk.site : '';
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

const NASTY = `</script><script>alert(1)</script> <!-- "ja" & 'nee' ]]> 👩‍👩‍👧`;

async function ask(title: string, visibility: 'public' | 'anonymous' | 'private' = 'public') {
  const asked = await fatima.call(contract.askQuestion, {
    body: { title, body: `${title}\n\nWie weet het?`, theme: 'wonen', visibility },
    key: randomUUID(),
  });
  if (!asked.ok) throw new Error(asked.problem.code);
  const { ref, slug } = asked.data;
  return { ref, slug, path: `/vragen/${ref}/${slug}` };
}

/** The site is named by its first origin; the test reaches it by its address. */
const here = (address: string) => address.replace(site, app.url);
const get = (address: string, headers: Record<string, string> = {}) =>
  fetch(new URL(here(address), app.url), {
    headers: { 'accept-language': 'nl', ...headers },
    redirect: 'manual',
  });
const text = async (address: string) => (await get(address)).text();
const locs = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc = '']) => loc);

async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: runningEmbedded(app.dataDir)?.ownerUrl() });
  await client.connect();
  await client.query(statement, values);
  await client.end();
}

interface Parsing {
  DOMParser: new () => {
    parseFromString(
      source: string,
      type: string,
    ): { querySelector(selector: string): { textContent: string } | null };
  };
}

/** Whether the browser reads it as XML, as strict as a feed reader. */
async function xmlFault(xml: string): Promise<string> {
  const page = await browser.newPage();
  // as text: names of the browser are unknown here
  const fault = await page.evaluate(
    (source) =>
      new (globalThis as unknown as Parsing).DOMParser()
        .parseFromString(source, 'application/xml')
        .querySelector('parsererror')?.textContent ?? '',
    xml,
  );
  await page.close();
  return String(fault);
}

describe('a crawler without JavaScript', () => {
  it('finds every open question by way of robots.txt, and each page says what it is', async () => {
    await ask(`Wat betekent ${NASTY}?`);
    await ask('Mag dit zonder naam?', 'anonymous');
    const robots = await text('/robots.txt');
    for (const closed of ['/redactie', '/w/*/beheer', '/mijn', '/zoeken', '/api/'])
      expect(robots).toContain(`\nDisallow: ${closed}\n`);
    const [sitemap = ''] = /^Sitemap: (\S+)$/m.exec(robots)?.slice(1) ?? [];
    // the site is named after `localhost`, and this is another name of the same machine
    const xml = await text(sitemap || '/sitemap.xml');
    expect(await xmlFault(xml)).toBe('');
    const found = locs(xml).filter((loc) => /\/vragen\/[0-9a-z]{8}\//.test(loc));
    expect(found.length).toBeGreaterThan(100);
    expect(found.length).toBe(await countOpen());
    for (const loc of found) {
      const reply = await get(loc);
      const html = await reply.text();
      expect([loc, reply.status]).toEqual([loc, 200]);
      const [block, ...more] = dataBlocks(html);
      expect(more).toEqual([]);
      const page = qaPage.safeParse(block);
      expect([loc, page.error?.message]).toEqual([loc, undefined]);
      expect(page.data?.url).toBe(loc);
      expect(html).toContain(`<link rel="canonical" href="${loc}"`);
      expect(html).toContain(`<meta property="og:url" content="${loc}"`);
      expect(html).not.toMatch(/name="robots"|itemprop=|<!-- open/);
    }
  });

  it('finds the other pages too, and each is there', async () => {
    const pages = locs(await text('/sitemap-paginas.xml'));
    expect(pages).toContain(`${site}/`);
    for (const loc of pages) expect([loc, (await get(loc)).status]).toEqual([loc, 200]);
  });

  it('is told nothing of a question that is private, of health, or withdrawn', async () => {
    const secret = await ask('Geheim van Fatima alleen voor de redactie', 'private');
    const health = await ask('Mijn gezondheid gaat zoekmachines niets aan');
    const gone = await ask('Deze vraag trek ik weer in');
    await asOwner('update vraagbaak.question set health = true where ref = $1', [health.ref]);
    await fatima.call(contract.withdrawQuestion, { params: { question: gone.ref } });
    const outputs = ['/sitemap.xml', '/vragen/feed.atom', '/vragen/feed.json'];
    outputs.push('/onderwerpen/wonen/feed.atom', '/onderwerpen/wonen/feed.json');
    for (const output of outputs) {
      const body = await text(output);
      for (const { ref } of [secret, health, gone])
        expect([output, body.includes(ref)]).toEqual([output, false]);
    }
    const page = await text(health.path);
    expect(page).toContain('<meta name="robots" content="noindex"');
    expect(page).not.toMatch(/ld\+json|og:|name="description"/);
    const own = await get(secret.path, { cookie: fatima.cookie });
    expect(await own.text()).toContain('<meta name="robots" content="noindex"');
  });

  it('may keep no page that is a form, a list of one’s own or a place to work', async () => {
    for (const path of ['/inloggen', '/vragen?na=AAAA'])
      expect(await text(path)).not.toContain('og:title');
    expect(await text('/inloggen')).toContain('noindex');
    const mine = await get('/mijn', { cookie: fatima.cookie });
    expect(await mine.text()).toContain('noindex');
    const desk = await get('/redactie', { cookie: noor.cookie });
    expect(await desk.text()).toContain('noindex');
  });
});

async function countOpen(): Promise<number> {
  let cursor: string | undefined;
  let count = 0;
  do {
    const list = await visit(app.url).call(contract.listQuestions, {
      query: { limit: 50, ...(cursor ? { cursor } : {}) },
    });
    if (!list.ok) throw new Error(list.problem.code);
    count += list.data.items.length;
    cursor = list.data.nextCursor ?? undefined;
  } while (cursor);
  return count;
}

describe('a browser', () => {
  it('takes the block as data: no script runs, nothing breaks the CSP, and the page wakes up', async () => {
    const { path } = await ask(`Nog eens ${NASTY}?`);
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('dialog', (dialog) => faults.push(dialog.message()));
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    await page.goto(app.url + path, { waitUntil: 'networkidle' });
    expect(faults).toEqual([]);
    const json = await page.locator('script[type="application/ld+json"]').textContent();
    expect(qaPage.parse(JSON.parse(json ?? '')).mainEntity.name).toContain(NASTY);
    await page.close();
  });
});

describe('a feed reader', () => {
  it('finds the feeds on the page, reads both kinds, and is told when nothing changed', async () => {
    const { ref } = await ask(`Voor lezers ${NASTY}?`);
    await noor.call(contract.answerQuestion, {
      params: { question: ref },
      body: { body: 'Dit zegt de redactie in de feed.' },
      key: randomUUID(),
    });
    const html = await text('/vragen?thema=wonen');
    const links = [...html.matchAll(/<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"/g)];
    expect(links.map(([, type, href = '']) => [type, href.replace(site, '')])).toEqual([
      ['application/atom+xml', '/vragen/feed.atom'],
      ['application/feed+json', '/vragen/feed.json'],
      ['application/atom+xml', '/onderwerpen/wonen/feed.atom'],
      ['application/feed+json', '/onderwerpen/wonen/feed.json'],
    ]);
    for (const [, type = '', href = ''] of links) {
      const reply = await get(href);
      expect(reply.headers.get('content-type')).toContain(type);
      const body = await reply.text();
      expect(body).toContain('Dit zegt de redactie in de feed.');
      if (type.includes('xml')) expect(await xmlFault(body)).toBe('');
      else expect(JSON.parse(body).items.length).toBeLessThanOrEqual(50);
      const etag = reply.headers.get('etag') ?? '';
      const again = await get(href, { 'if-none-match': etag });
      expect([again.status, await again.text()]).toEqual([304, '']);
      const since = reply.headers.get('last-modified') ?? '';
      expect((await get(href, { 'if-modified-since': since })).status).toBe(304);
    }
    const first = await get('/vragen/feed.atom');
    await noor.call(contract.answerQuestion, {
      params: { question: ref },
      body: { body: 'En dit nog.' },
      key: randomUUID(),
    });
    const etag = first.headers.get('etag') ?? '';
    expect((await get('/vragen/feed.atom', { 'if-none-match': etag })).status).toBe(200);
  });

  it('of a theme that is not there finds nothing, and a theme leads to its questions', async () => {
    expect((await get('/onderwerpen/nergens/feed.atom')).status).toBe(404);
    const theme = await get('/onderwerpen/wonen');
    expect([theme.status, theme.headers.get('location')]).toEqual([308, '/vragen?thema=wonen']);
  });
});

describe('an old address', () => {
  it('leads to the right one for ever, also after the title went back to what it was', async () => {
    const { ref, path, slug } = await ask('De eerste titel van deze vraag');
    const retitle = (title: string) =>
      noor.call(contract.editQuestion, {
        params: { question: ref },
        body: { title, theme: 'wonen' },
      });
    expect((await retitle('Een heel andere titel')).ok).toBe(true);
    const renamed = `/vragen/${ref}/een-heel-andere-titel`;
    for (const old of [path, `/vragen/${ref}`, `/vragen/${ref}/zomaar-iets`]) {
      const reply = await get(old);
      expect([reply.status, reply.headers.get('location')]).toEqual([308, renamed]);
      // kept by nobody without asking, or going back would lead round in a circle
      expect(reply.headers.get('cache-control')).toMatch(/no-cache|no-store/);
    }
    expect((await get(renamed)).status).toBe(200);
    expect(await text('/sitemap.xml')).toContain(renamed);
    await retitle('De eerste titel van deze vraag');
    const back = await get(renamed);
    expect([back.status, back.headers.get('location')]).toEqual([308, path]);
    expect((await get(path)).status).toBe(200);
    expect(slug).toBe('de-eerste-titel-van-deze-vraag');
    const below = await get(`/w/elzenhof/vragen/${ref}/oud`);
    expect([below.status, below.headers.get('location')]).toEqual([308, `/w/elzenhof${path}`]);
  });
});

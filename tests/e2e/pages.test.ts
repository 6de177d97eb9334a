import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import {
  answerQuestion,
  askQuestion,
  followQuestion,
  getContext,
  getQuestion,
  listMail,
  listPeople,
  listQuestions,
} from '@wijk/contracts';
import { DEMONSTRATION_ACCOUNTS } from '@wijk/db/seed';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Judged, judge } from '../support/judged.ts';
import { mailTo, signIn, type Visitor, visit } from '../support/visitor.ts';

/**
 * Every page, as whoever it is for, at three widths and in light, dark and high contrast: axe finds
 * nothing, nothing scrolls sideways, no page asks another host for anything, nothing breaks the CSP.
 * With SCREENSHOTS=<folder> the pictures are kept, to be looked at, in every look at every width.
 */

let app: AppProcess;
let browser: Browser;
let questions: { ref: string; slug: string; title: string }[];
let themeWithoutOpen: string;
let openRef: string;
let judged: Judged;
let answered: string;
let letters: Letters;
let expert: string;
const cookies = new Map<string, string>();

const PEOPLE = {
  member: 'fatima.amrani@voorbeeld.example',
  editor: 'noor.vanderhorst@voorbeeld.example',
  admin: 'sander.vroom@voorbeeld.example',
  platform: DEMONSTRATION_ACCOUNTS.find((one) => one.role === 'platform-admin')?.email ?? '',
} as const;
type Who = keyof typeof PEOPLE | 'visitor';

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  const people = new Map<string, Visitor>();
  for (const [who, email] of Object.entries(PEOPLE)) {
    people.set(who, await signIn(app.url, email));
    cookies.set(who, people.get(who)?.cookie ?? '');
  }
  const list = await visit(app.url).call(listQuestions, { query: { show: 'answered', limit: 50 } });
  questions = list.ok ? list.data.items : [];
  const open = await visit(app.url).call(listQuestions, { query: { show: 'open', limit: 50 } });
  openRef = open.ok ? (open.data.items[0]?.ref ?? '') : '';
  const waiting = new Set(open.ok ? open.data.items.map((q) => q.theme.slug) : []);
  const context = await visit(app.url).call(getContext, {});
  const themes = context.ok ? context.data.wijk.themes : [];
  const first = await visit(app.url).call(getQuestion, {
    params: { question: questions[0]?.ref ?? '' },
  });
  answered = first.ok ? (first.data.answers[0]?.id ?? '') : '';
  const admin = visit(app.url);
  admin.cookie = cookies.get('admin') ?? '';
  const listed = await admin.call(listPeople, { query: { search: 'Marleen Verhoeven' } });
  expert = listed.ok ? (listed.data.items[0]?.id ?? '') : '';
  themeWithoutOpen = themes.find((t) => !waiting.has(t.slug))?.slug ?? '';
  judged = await judge(
    people.get('member') ?? visit(app.url),
    people.get('editor') ?? visit(app.url),
  );
  letters = await receiveLetters(people);
});

interface Letters {
  /** a mail in the mailbox */
  id: string;
  /** the unsubscribe page of an asker, and of a follower */
  asker: string;
  follower: string;
}

/** The member asks something and follows something, and the editor answers both. */
async function receiveLetters(people: ReadonlyMap<string, Visitor>): Promise<Letters> {
  const [member, editor] = [people.get('member'), people.get('editor')];
  if (!member || !editor) throw new Error('nobody is there');
  const own = await member.call(askQuestion, {
    body: {
      title: 'Waar haal ik incontinentiemateriaal op?',
      body: '',
      theme: 'zorg-regelen',
      visibility: 'private',
    },
    key: randomUUID(),
  });
  const followed = questions[0]?.ref ?? '';
  await member.call(followQuestion, { params: { question: followed } });
  for (const question of [own.ok ? own.data.ref : '', followed])
    await editor.call(answerQuestion, {
      params: { question },
      body: { body: 'Bij de apotheek op het plein.' },
      key: randomUUID(),
    });
  const unsubscribe = async (wanted: RegExp) =>
    /\/afmelden\/\S+/.exec(await mailTo(member, PEOPLE.member, wanted))?.[0] ?? '';
  const asker = await unsubscribe(/Iemand heeft uw vraag beantwoord/);
  const follower = await unsubscribe(/beantwoord die u volgt/);
  const box = await member.call(listMail, { query: { to: PEOPLE.member } });
  const mail = box.ok ? box.data.items.find((one) => /die u volgt/.test(one.subject)) : undefined;
  return { id: mail?.id ?? '', asker, follower };
}

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 900 },
] as const;

interface Shown {
  name: string;
  who: Who;
  path: () => string;
  /** expected status; 200 when left out */
  status?: number;
  /** words that prove it is the state it is meant to be */
  shows?: string;
}

const question = () => `/vragen/${questions[0]?.ref}/${questions[0]?.slug}`;

const PAGES: readonly Shown[] = [
  { name: 'home', who: 'visitor', path: () => '/' },
  { name: 'home-member', who: 'member', path: () => '/' },
  { name: 'questions', who: 'visitor', path: () => '/vragen' },
  {
    name: 'questions-empty',
    who: 'visitor',
    path: () => `/vragen?thema=${themeWithoutOpen}&toon=open`,
    shows: 'Geen vragen gevonden',
  },
  { name: 'question', who: 'visitor', path: question },
  { name: 'question-member', who: 'member', path: question },
  { name: 'question-editor', who: 'editor', path: question },
  {
    name: 'question-hidden',
    who: 'member',
    path: () => judged.hidden,
    shows: 'tijdelijk verborgen',
  },
  { name: 'question-removed', who: 'member', path: () => judged.removed, shows: 'is verwijderd' },
  { name: 'question-removed-visitor', who: 'visitor', path: () => judged.removed, status: 410 },
  { name: 'question-urgent', who: 'member', path: () => judged.urgent, shows: 'Bel 0800-0113' },
  { name: 'flag', who: 'member', path: () => `/melden/${questions[0]?.ref}` },
  {
    name: 'flag-answer',
    who: 'member',
    path: () => `/melden/${questions[0]?.ref}?antwoord=${answered}`,
    shows: 'U meldt een antwoord van',
  },
  {
    name: 'statement',
    who: 'member',
    path: () => judged.decision,
    shows: 'Bent u het er niet mee',
  },
  {
    name: 'statement-appealed',
    who: 'member',
    path: () => judged.appealed,
    shows: 'nog niet beslist',
  },
  { name: 'statement-not-mine', who: 'editor', path: () => judged.decision, status: 404 },
  { name: 'ask', who: 'visitor', path: () => '/vragen/nieuw' },
  { name: 'ask-member', who: 'member', path: () => '/vragen/nieuw' },
  { name: 'sign-in', who: 'visitor', path: () => '/inloggen' },
  { name: 'code', who: 'visitor', path: () => '/inloggen/code' },
  { name: 'score', who: 'visitor', path: () => '/stand' },
  { name: 'score-theme', who: 'visitor', path: () => '/stand?thema=bewegen&weken=26' },
  {
    name: 'score-theme-quiet',
    who: 'visitor',
    path: () => `/stand?thema=${themeWithoutOpen}`,
    shows: 'Dit gaat alleen over het onderwerp',
  },
  { name: 'mail-choices', who: 'member', path: () => '/meldingen/mail' },
  { name: 'mail-choices-editor', who: 'editor', path: () => '/meldingen/mail' },
  {
    name: 'unsubscribe',
    who: 'visitor',
    path: () => letters.asker,
    shows: 'Er is nog niets veranderd',
  },
  { name: 'unsubscribe-member', who: 'visitor', path: () => letters.follower },
  { name: 'unsubscribe-unknown', who: 'visitor', path: () => '/afmelden/AAAA', status: 404 },
  { name: 'mail', who: 'visitor', path: () => `/dev/mail/${letters.id}` },
  { name: 'mine', who: 'member', path: () => '/mijn' },
  { name: 'notices', who: 'member', path: () => '/meldingen' },
  { name: 'notices-editor', who: 'editor', path: () => '/meldingen' },
  { name: 'desk', who: 'editor', path: () => '/redactie' },
  {
    name: 'desk-question',
    who: 'editor',
    path: () => `/redactie/${questions[0]?.ref}?toon=beantwoord`,
  },
  {
    name: 'desk-empty',
    who: 'editor',
    path: () => '/redactie?toon=van-mij',
    shows: 'U hebt niets in handen',
  },
  {
    name: 'desk-theme',
    who: 'editor',
    path: () => `/redactie?toon=let-op&thema=${themeWithoutOpen}`,
  },
  {
    name: 'desk-duplicate',
    who: 'editor',
    path: () => `/redactie/${openRef}?zoek=de`,
    shows: 'Zoek de andere vraag',
  },
  {
    name: 'desk-roster',
    who: 'editor',
    path: () => '/redactie/rooster',
    shows: 'Ik doe deze dag',
  },
  { name: 'desk-texts', who: 'editor', path: () => '/redactie/teksten', shows: 'Nieuwe tekst' },
  { name: 'desk-log', who: 'editor', path: () => '/redactie/logboek', shows: 'Logboek' },
  { name: 'desk-missing', who: 'editor', path: () => '/redactie/zzzzzzzz', status: 404 },
  { name: 'desk-refused', who: 'member', path: () => '/redactie', status: 403 },
  { name: 'admin', who: 'admin', path: () => '/beheer' },
  { name: 'people', who: 'admin', path: () => '/beheer/mensen' },
  { name: 'people-empty', who: 'admin', path: () => '/beheer/mensen?zoek=xyzzy' },
  { name: 'person', who: 'admin', path: () => `/beheer/mensen/${expert}` },
  { name: 'invite', who: 'admin', path: () => '/beheer/mensen/uitnodigen' },
  { name: 'role-log', who: 'admin', path: () => '/beheer/mensen/verloop' },
  { name: 'test-mail', who: 'admin', path: () => '/beheer/mail' },
  { name: 'jobs', who: 'admin', path: () => '/beheer/taken' },
  { name: 'wijken', who: 'platform', path: () => '/beheer/wijken' },
  { name: 'wijk-new', who: 'platform', path: () => '/beheer/wijken/nieuw' },
  { name: 'setup', who: 'admin', path: () => '/beheer/instellingen' },
  ...[
    'naam',
    'codes',
    'onderwerpen',
    'openingstijden',
    'feestdagen',
    'belofte',
    'toezicht',
    'uiterlijk',
  ].map((part) => ({
    name: `setup-${part}`,
    who: 'admin' as const,
    path: () => `/beheer/instellingen/${part}`,
  })),
  { name: 'own-pages', who: 'admin', path: () => '/beheer/paginas' },
  { name: 'own-page', who: 'admin', path: () => '/beheer/paginas/privacy' },
  { name: 'admin-refused', who: 'member', path: () => '/beheer/mensen', status: 403 },
  { name: 'rules', who: 'visitor', path: () => '/huisregels' },
  { name: 'mailbox', who: 'visitor', path: () => '/dev/mail' },
  { name: 'about', who: 'visitor', path: () => '/over' },
  { name: 'privacy', who: 'visitor', path: () => '/privacy' },
  { name: 'accessibility', who: 'visitor', path: () => '/toegankelijkheid' },
  { name: 'link-unknown', who: 'visitor', path: () => '/antwoord/AAAA.BBBB', status: 404 },
  { name: 'not-found', who: 'visitor', path: () => '/bestaat-niet', status: 404 },
];

const LOOKS = ['light', 'dark', 'contrast'] as const;
/** High contrast differs in colours only; these pages have all of them. */
const IN_CONTRAST = new Set([
  'home',
  'question-member',
  'ask',
  'score',
  'desk-question',
  'desk-roster',
  'jobs',
]);

async function contextOf(
  who: Who,
  look: (typeof LOOKS)[number],
): Promise<{ context: BrowserContext; troubles: string[] }> {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    reducedMotion: 'reduce',
    colorScheme: look === 'dark' ? 'dark' : 'light',
  });
  const [name, value] = (cookies.get(who) ?? '').split('=');
  const jar = [
    ...(name && value ? [{ name, value, url: app.url, httpOnly: true }] : []),
    ...(look === 'contrast' ? [{ name: 'thema', value: 'contrast', url: app.url }] : []),
  ];
  if (jar.length > 0) await context.addCookies(jar);
  const troubles: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(app.url) && !request.url().startsWith('data:'))
      troubles.push(`foreign request: ${request.url()}`);
  });
  context.on('weberror', (error) => troubles.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      troubles.push(message.text());
  });
  return { context, troubles };
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

const sideways = (page: Page) =>
  page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );

/** Other colours change nothing about what fits: without pictures to make, the narrowest is enough. */
const sizesOf = (look: string) =>
  look === 'light' || process.env.SCREENSHOTS ? SIZES : SIZES.slice(0, 1);

describe.each(LOOKS)('every page in %s', (look) => {
  const shown = PAGES.filter(({ name }) => look !== 'contrast' || IN_CONTRAST.has(name));
  it.each(shown)('$name', async ({ name, who, path, status, shows }) => {
    const { context, troubles } = await contextOf(who, look);
    const page = await context.newPage();
    for (const size of sizesOf(look)) {
      await page.setViewportSize(size);
      const response = await page.goto(path());
      expect(response?.status()).toBe(status ?? 200);
      await page.getByRole('main').waitFor();
      if (shows) await page.getByText(shows).first().waitFor();
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect([size.width, await sideways(page)]).toEqual([size.width, 0]);
      await keepPicture(page, `${name}-${size.width}-${look}`);
    }
    // the widest and, where the layout differs most, the narrowest; colours are the same in both
    expect(await findings(page)).toEqual([]);
    if (look === 'light') {
      await page.setViewportSize(SIZES[0]);
      expect(await findings(page)).toEqual([]);
    }
    expect(troubles).toEqual([]);
    await context.close();
  });
});

describe('a question page', () => {
  it('is light: at most 45 kB of compressed JavaScript', async () => {
    const { context } = await contextOf('visitor', 'light');
    const page = await context.newPage();
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script' || response.url().endsWith('.js'))
        scripts.push(
          response
            .request()
            .sizes()
            .then((s) => s.responseBodySize),
        );
    });
    await page.goto(question(), { waitUntil: 'networkidle' });
    const sizes = await Promise.all(scripts);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(45_000);
    await context.close();
  });

  it('has one address: a wrong slug leads to the right one', async () => {
    const { ref = '', slug = '' } = questions[0] ?? {};
    const reply = await fetch(`${app.url}/vragen/${ref}/iets-anders`, { redirect: 'manual' });
    expect([301, 308]).toContain(reply.status);
    expect(new URL(reply.headers.get('location') ?? '', app.url).pathname).toBe(
      `/vragen/${ref}/${slug}`,
    );
  });

  it('is there under the address of its wijk as well', async () => {
    const { ref, slug, title } = questions[0] ?? {};
    const page = await fetch(`${app.url}/w/elzenhof/vragen/${ref}/${slug}`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain(title);
    expect(html).toContain('href="/w/elzenhof/vragen');
    expect((await fetch(`${app.url}/w/nergens/vragen`)).status).toBe(404);
  });
});

describe('outside demonstration mode', () => {
  it('there is no mailbox and no list of accounts, neither as page nor in the API', async () => {
    const dataDir = app.dataDir;
    await app.stop();
    const port = app.port;
    const origin = `http://127.0.0.1:${port}`;
    app = await startApp({
      dataDir,
      port,
      env: { WIJK_MODE: 'production', ORIGIN: origin, LOG_LEVEL: 'error' },
    });
    const status = async (path: string) => (await fetch(origin + path)).status;
    expect(await status('/')).toBe(200);
    for (const path of [
      '/dev/mail',
      '/api/v1/demonstration/mail',
      '/api/v1/demonstration/accounts',
    ])
      expect([path, await status(path)]).toEqual([path, 404]);
    const html = await (await fetch(`${origin}/inloggen`)).text();
    expect(html).not.toContain('voorbeeld.example');
  });
});

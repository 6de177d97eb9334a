import { randomUUID } from 'node:crypto';

import { getContext, getQuestion, listPeople, listQuestions } from '@wijk/contracts';
import { DEMONSTRATION_ACCOUNTS } from '@wijk/db/seed';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminPages } from '../support/admin-pages.ts';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  CREDIT_PAGES,
  type Credits,
  furtherCreditPages,
  liveCredits,
  untilStated,
} from '../support/credit-pages.ts';
import { aroundMain, dutchIn, gapsIn, readable, routesOfPages } from '../support/english.ts';
import { headerFaults } from '../support/header.ts';
import { type Judged, judge } from '../support/judged.ts';
import { type Letters, receiveLetters } from '../support/letters.ts';
import {
  keepPicture,
  LOOKS,
  type Look,
  lookAs,
  SIZES,
  sideways,
  sizesOf,
} from '../support/looks.ts';
import {
  furtherMarketplacePages,
  liveMarketplace,
  type Marketplace,
  marketplacePages,
} from '../support/marketplace.ts';
import { signIn, type Visitor, visit } from '../support/visitor.ts';

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
let credits: Credits;
let market: Marketplace;
let expert: string;
const cookies = new Map<string, string>();

const PEOPLE = {
  member: 'fatima.amrani@voorbeeld.example',
  editor: 'noor.vanderhorst@voorbeeld.example',
  admin: 'sander.vroom@voorbeeld.example',
  treasurer: 'kees.dijkgraaf@voorbeeld.example',
  master: 'ineke.bloemhof@voorbeeld.example',
  curator: 'ruben.fontein@voorbeeld.example',
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
  const [kees, fatima, ineke, ruben] = ['treasurer', 'member', 'master', 'curator'].map((who) =>
    people.get(who as Who),
  );
  if (!kees || !fatima || !ineke || !ruben) throw new Error('nobody is signed in');
  credits = await liveCredits(kees, fatima, PEOPLE.member);
  market = await liveMarketplace(fatima, ineke, ruben, credits.organisation);
  await untilStated(`${app.url}/wijk-credits/dagstaat/${credits.day}`);
  letters = await receiveLetters(people, questions[0]?.ref ?? '', PEOPLE.member);
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

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
  { name: 'daily-statement-newest', who: 'visitor', path: () => '/wijk-credits/dagstaat' },
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
  { name: 'wallet', who: 'member', path: () => '/portemonnee', shows: 'Dakgoot' },
  { name: 'wallet-visitor', who: 'visitor', path: () => '/portemonnee', shows: 'Inloggen' },
  { name: 'wallet-new', who: 'editor', path: () => '/portemonnee', shows: 'Laatst bij en af' },
  { name: 'wallet-statement', who: 'member', path: () => '/portemonnee/afschrift' },
  {
    name: 'wallet-statement-empty',
    who: 'member',
    path: () => '/portemonnee/afschrift?naam=xyzzy',
    shows: 'Niets gevonden',
  },
  { name: 'wallet-send', who: 'member', path: () => '/portemonnee/sturen' },
  { name: 'wallet-fund', who: 'member', path: () => '/portemonnee/sturen?aan=fonds' },
  { name: 'wallet-ask', who: 'member', path: () => '/portemonnee/verzoek' },
  { name: 'wallet-code', who: 'member', path: () => '/portemonnee/code' },
  { name: 'pay-unknown', who: 'member', path: () => '/betalen/abcdefghjk', status: 404 },
  ...CREDIT_PAGES,
  ...marketplacePages(() => market),
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
  ...adminPages(() => expert),
  { name: 'admin-refused', who: 'member', path: () => '/beheer/mensen', status: 403 },
  { name: 'rules', who: 'visitor', path: () => '/huisregels' },
  { name: 'mailbox', who: 'visitor', path: () => '/dev/mail' },
  { name: 'about', who: 'visitor', path: () => '/over' },
  { name: 'privacy', who: 'visitor', path: () => '/privacy' },
  { name: 'accessibility', who: 'visitor', path: () => '/toegankelijkheid' },
  { name: 'link-unknown', who: 'visitor', path: () => '/antwoord/AAAA.BBBB', status: 404 },
  { name: 'not-found', who: 'visitor', path: () => '/bestaat-niet', status: 404 },
];

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

/** Words that are there for later: no class may show them now. */
const shownThoughHidden = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('[hidden]')]
    .filter((one) => one.getClientRects().length > 0).map((one) => one.textContent.trim())`);

const contextOf = (who: Who, look: Look) => lookAs(browser, app.url, cookies.get(who) ?? '', look);

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
      expect([size.width, await headerFaults(page)]).toEqual([size.width, []]);
      expect(await shownThoughHidden(page)).toEqual([]);
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

/** Pages that others walk in Dutch, for the walk in English. */
const FURTHER: readonly Shown[] = [
  { name: 'search', who: 'visitor', path: () => '/zoeken?q=fiets' },
  { name: 'search-nothing', who: 'visitor', path: () => '/zoeken?q=xyzzyq' },
  { name: 'looks', who: 'admin', path: () => '/inzage' },
  { name: 'sign-out', who: 'member', path: () => '/uitloggen' },
  { name: 'welcome', who: 'member', path: () => '/welkom' },
  { name: 'own', who: 'member', path: () => `/mijn/vraag/${letters.own}` },
  { name: 'own-edit', who: 'member', path: () => `/mijn/vraag/${letters.own}/aanpassen` },
  {
    name: 'own-unhelped',
    who: 'member',
    path: () => `/mijn/vraag/${letters.own}/niet-geholpen?antwoord=${letters.ownAnswer}`,
  },
  {
    name: 'earlier',
    who: 'editor',
    path: () => `/eerder/${questions[0]?.ref}?antwoord=${answered}`,
  },
  { name: 'photos', who: 'editor', path: () => `/fotos/${questions[0]?.ref}` },
  { name: 'found', who: 'visitor', path: () => `/gevonden/${questions[0]?.ref}` },
  {
    name: 'edit-reply',
    who: 'editor',
    path: () => `/bewerken/${questions[0]?.ref}?antwoord=${letters.followedAnswer}`,
  },
  { name: 'comments', who: 'member', path: () => `/reacties/${questions[0]?.ref}/${answered}` },
  {
    name: 'answered-by-link',
    who: 'visitor',
    path: () => `/antwoord/bedankt?vraag=${questions[0]?.ref}`,
  },
  { name: 'desk-words', who: 'editor', path: () => '/redactie/woorden' },
  { name: 'desk-public-version', who: 'editor', path: () => `/redactie/${letters.own}/openbaar` },
  { name: 'desk-asker', who: 'editor', path: () => `/redactie/${letters.own}/wie` },
  { name: 'setup-people', who: 'admin', path: () => '/beheer/instellingen/mensen' },
  { name: 'setup-open', who: 'admin', path: () => '/beheer/instellingen/openen' },
  ...furtherCreditPages(() => credits),
  ...furtherMarketplacePages(() => market),
  { name: 'invitation', who: 'visitor', path: () => `/uitnodiging/${randomUUID()}`, status: 410 },
];

/** Mails in the language of who got them, and the pages, terms and criteria that the wijk wrote itself. */
const IN_DUTCH = new Set([
  ...['mail', 'mailbox', 'about', 'privacy', 'own-page'],
  ...['terms', 'terms-sign', 'market-terms', 'market-criteria-apps'],
]);

describe('in English', () => {
  const walked = [...PAGES, ...FURTHER];
  const html = async ({ who, path }: Shown, language: string) => {
    const cookie = [cookies.get(who), `taal=${language}`].filter(Boolean).join('; ');
    const reply = await fetch(app.url + path(), { headers: { cookie } });
    return { status: reply.status, text: readable(await reply.text()) };
  };

  it.each(walked)('$name', async (shown) => {
    const { status, text } = await html(shown, 'en');
    expect(status).toBe(shown.status ?? 200);
    expect(text).toContain('<html lang="en"');
    const page = DEMONSTRATION_ACCOUNTS.reduce((rest, { about }) => rest.replace(about, ''), text);
    const ours = IN_DUTCH.has(shown.name) ? aroundMain(page) : page;
    expect(dutchIn(ours)).toEqual([]);
    expect(gapsIn(ours)).toEqual([]);
    // which words are Dutch is seen by the same page in Dutch
    expect(dutchIn((await html(shown, 'nl')).text)).not.toEqual([]);
  });

  it('every route that shows a page is walked', () => {
    const paths = walked.map(({ path }) => path());
    const missed = routesOfPages().filter(({ matches }) => !paths.some((one) => matches.test(one)));
    expect(missed.map(({ route }) => route)).toEqual([]);
  });
});

describe('a question page', () => {
  it('is light: at most 5 kB of compressed JavaScript, where 45 are allowed', async () => {
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
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(5_000);
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

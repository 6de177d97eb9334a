import {
  askBack,
  askQuestion,
  assignQuestion,
  getContext,
  getQuestion,
  listPeople,
  proposeTwin,
  readStatement,
} from '@wijk/contracts';
import { DEMONSTRATION_ACCOUNTS } from '@wijk/db/seed';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, ask } from '../support/desk.ts';
import { headerFaults } from '../support/header.ts';
import { type Judged, judge } from '../support/judged.ts';
import { keepPicture, lookAs, SIZES, sideways } from '../support/looks.ts';
import { type How, sendRefused, standsIn, unsaid } from '../support/refused.ts';
import { mailTo, signIn, type Visitor } from '../support/visitor.ts';

/**
 * Every form, as it comes back refused: sent empty, and filled with what cannot be. A summary with the
 * focus leads to the faults, each stands at its field, what was typed is still there, all of it fits,
 * and axe finds nothing. With SCREENSHOTS=<folder> the pictures are kept, light and dark, in every width.
 */

const PEOPLE = {
  member: 'fatima.amrani@voorbeeld.example',
  neighbour: 'els.wagenaar@voorbeeld.example',
  editor: 'noor.vanderhorst@voorbeeld.example',
  chief: 'johan.terpstra@voorbeeld.example',
  admin: 'sander.vroom@voorbeeld.example',
  platform: DEMONSTRATION_ACCOUNTS.find((one) => one.role === 'platform-admin')?.email ?? '',
} as const;
type Who = keyof typeof PEOPLE | 'visitor';
const EXPERT = 'marleen.verhoeven@voorbeeld.example';

let app: AppProcess;
let browser: Browser;
let judged: Judged;
const people = new Map<Who, Visitor>();
const pages = new Map<Who, { page: Page; troubles: string[] }>();
const refs = {
  open: '',
  answered: '',
  hidden: '',
  appealed: '',
  waiting: '',
  private: '',
  proposed: '',
  given: '',
  link: '',
  expert: '',
};

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  for (const [who, email] of Object.entries(PEOPLE))
    people.set(who as Who, await signIn(app.url, email));
  const as = (who: Who) => people.get(who) as Visitor;
  refs.open = await ask(as('member'), 'Waar kan ik wandelen met een rollator?', 'Liefst vlak.');
  refs.answered = await ask(as('member'), 'Wie past er op de poes?');
  await answer(as('neighbour'), refs.answered, 'Ik wel, van maandag tot en met donderdag.');
  const shown = await as('neighbour').call(getQuestion, { params: { question: refs.answered } });
  refs.given = shown.ok ? (shown.data.answers[0]?.id ?? '') : '';
  refs.waiting = await ask(as('member'), 'Kan iemand mijn kraan maken?');
  const body = { body: 'Om welke kraan gaat het?' };
  await as('chief').call(askBack, { params: { question: refs.waiting }, body });
  await privateOne(as('member'), as('editor'));
  judged = await judge(as('member'), as('editor'));
  refs.hidden = judged.hidden.split('/')[2] ?? '';
  const decision = judged.appealed.split('/')[2] ?? '';
  const statement = await as('member').call(readStatement, { params: { decision } });
  refs.appealed = statement.ok ? statement.data.question.ref : '';
  const listed = await as('admin').call(listPeople, { query: { search: 'Marleen Verhoeven' } });
  refs.expert = listed.ok ? (listed.data.items[0]?.id ?? '') : '';
  await as('chief').call(assignQuestion, {
    params: { question: refs.open },
    body: { expert: refs.expert, note: '' },
  });
  const mail = await mailTo(as('chief'), EXPERT, /rollator[\s\S]*\/antwoord\/\S+/);
  refs.link = /\/antwoord\/\S+/.exec(mail)?.[0] ?? '';
});

/** Two private questions; the public version of one waits for its asker. */
async function privateOne(asker: Visitor, editor: Visitor): Promise<void> {
  const context = await asker.call(getContext, {});
  const theme = context.ok ? (context.data.wijk.themes[0]?.slug ?? '') : '';
  const secret = async (title: string) => {
    const asked = await asker.call(askQuestion, {
      body: { title, body: '', theme, visibility: 'private' },
      key: crypto.randomUUID(),
    });
    return asked.ok ? asked.data.ref : '';
  };
  refs.private = await secret('Wie helpt mij met mijn rekeningen?');
  refs.proposed = await secret('Wie helpt mij met douchen?');
  const proposed = await editor.call(proposeTwin, {
    params: { question: refs.proposed },
    body: { title: 'Krijg ik hulp bij het wassen?', theme },
    key: crypto.randomUUID(),
  });
  if (!proposed.ok) throw new Error(proposed.problem.code);
}

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

interface Form {
  name: string;
  who: Who;
  path: () => string;
  /** css of the form, unless it is the only one in the page that is posted */
  form?: string;
  /** words on the button, where there are several; the first otherwise */
  press?: string;
  /** where the form takes the other one */
  only?: How;
}

const one = (name: string, who: Who, path: () => string, more: Partial<Form> = {}): Form => ({
  name,
  who,
  path,
  ...more,
});
const desk = (command: string, ref: () => string, more: Partial<Form> = {}): Form => ({
  name: `desk-${command}`,
  who: 'editor',
  path: () => `/redactie/${ref()}`,
  form: `details[data-command="${command}"] form[method="post"]`,
  ...more,
});
const open = () => refs.open;
const setup = (part: string, more: Partial<Form> = {}): Form => ({
  name: `setup-${part}`,
  who: 'admin',
  path: () => `/beheer/instellingen/${part}`,
  form: 'main form[action*="save"]',
  ...more,
});
const ownQuestion = { form: 'form:has(textarea)' };

const FORMS: readonly Form[] = [
  one('ask', 'visitor', () => '/vragen/nieuw', { form: 'form[action*="ask"]' }),
  one('ask-member', 'member', () => '/vragen/nieuw', { form: 'form[action*="ask"]' }),
  one('sign-in', 'visitor', () => '/inloggen'),
  one('code', 'visitor', () => '/inloggen/code'),
  one('welcome', 'neighbour', () => '/welkom'),
  one('answer', 'neighbour', () => `/vragen/${refs.open}`, { form: 'form[action*="answer"]' }),
  one('reply', 'member', () => `/vragen/${refs.waiting}`, { form: 'form[action*="reply"]' }),
  one('comment', 'neighbour', () => `/vragen/${refs.answered}`, {
    form: 'form[action*="comment"]',
  }),
  one('comments', 'neighbour', () => `/reacties/${refs.answered}/${refs.given}`, {
    form: 'form[action*="comment"]',
  }),
  one('edit-answer', 'neighbour', () => `/bewerken/${refs.answered}?antwoord=${refs.given}`, {
    form: 'form[action*="save"]',
  }),
  one('edit-question', 'member', () => `/mijn/vraag/${refs.open}/aanpassen`, {
    form: 'form[action*="edit"]',
  }),
  one(
    'not-helped',
    'member',
    () => `/mijn/vraag/${refs.answered}/niet-geholpen?antwoord=${refs.given}`,
    {
      form: 'form[action*="mark"]',
      only: 'nonsense',
    },
  ),
  one('flag', 'neighbour', () => `/melden/${refs.open}`),
  one('appeal', 'member', () => judged.decision),
  one('name', 'member', () => '/mijn', { form: 'form[action*="name"]' }),
  one('consent', 'member', () => `/mijn/vraag/${refs.proposed}`, {
    form: 'form[action*="agree"]',
    only: 'empty',
  }),
  one('expert-link', 'visitor', () => refs.link, ownQuestion),
  desk('answer', open, { form: 'form:has(#answer-body)', press: 'Plaats het antwoord' }),
  desk('assign', () => refs.answered),
  desk('ask-back', open, { form: 'form:has(#ask-back-body)', press: 'Vraag het de vrager' }),
  desk('edit', open),
  desk('redact', open),
  desk('hide', open),
  desk('remove', open),
  desk('publish', () => refs.hidden, { only: 'nonsense' }),
  desk('answer-down', () => refs.answered, { form: '#antwoorden details form' }),
  desk('appeal', () => refs.appealed, { who: 'chief', form: '#bezwaar form' }),
  one('desk-texts', 'editor', () => '/redactie/teksten', { form: 'form[action*="add"]' }),
  one('synonyms', 'editor', () => '/redactie/woorden', { form: 'form[action*="add"]' }),
  one('twin', 'editor', () => `/redactie/${refs.private}/openbaar`, {
    form: 'form[action*="propose"]',
    press: 'voorstel',
  }),
  one('look-up', 'editor', () => `/redactie/${refs.open}/wie`, {
    form: 'article form[method="post"]',
  }),
  one('invite', 'admin', () => '/beheer/mensen/uitnodigen'),
  one('person', 'admin', () => `/beheer/mensen/${refs.expert}`, {
    form: 'form[action*="save"]',
    only: 'nonsense',
  }),
  one('own-page', 'admin', () => '/beheer/paginas/privacy', {
    form: 'form[action*="save"]',
    only: 'empty',
  }),
  one('wijk-new', 'platform', () => '/beheer/wijken/nieuw'),
  setup('naam'),
  setup('codes', { only: 'nonsense' }),
  setup('onderwerpen'),
  setup('openingstijden', { only: 'nonsense' }),
  setup('belofte'),
  setup('toezicht'),
  { ...setup('toezicht'), name: 'setup-words', form: 'form[action*="words"]', only: 'nonsense' },
  setup('uiterlijk', { only: 'nonsense' }),
];

async function pageOf(who: Who) {
  const known = pages.get(who);
  if (known) return known;
  const cookie = people.get(who)?.cookie ?? '';
  const { context, troubles } = await lookAs(browser, app.url, cookie, 'light');
  context.setDefaultTimeout(10_000);
  const made = { page: await context.newPage(), troubles };
  pages.set(who, made);
  return made;
}

async function keepPictures(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await keepPicture(page, `refused-${name}-${size.width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(SIZES[0]);
}

/** Looked at in every run; the others with the pictures, for all of them take five minutes. */
const USUAL =
  /^(ask|code|answer|comment|edit-question|expert-link|desk-answer|desk-hide|twin|setup-belofte)$/;

describe.each(['empty', 'nonsense'] as const)('a form that is %s', (how) => {
  const shown = FORMS.filter(
    ({ name, only }) =>
      (only ?? how) === how && (process.env.SCREENSHOTS !== undefined || USUAL.test(name)),
  );
  it.each(shown)('$name comes back with its faults', async (given) => {
    const { name, who, path, form = 'main form[method="post"]', press = '', only } = given;
    const { page, troubles } = await pageOf(who);
    await page.setViewportSize(SIZES[0]);
    await page.goto(path(), { waitUntil: 'domcontentloaded' });
    const replied = page.waitForResponse((one) => one.request().method() === 'POST');
    const sent = await sendRefused(page, form, how, press);
    const reply = await replied;
    expect([reply.status(), reply.headers()['content-type']]).toEqual([
      expect.toSatisfy((status: number) => status >= 400 && status < 500),
      expect.stringContaining('text/html'),
    ]);
    await page.waitForLoadState('load');
    await page.locator('main .error').first().waitFor();
    await keepPictures(page, `${name}-${how}`);
    await expect.poll(() => unsaid(page)).toEqual([]);
    // a choice that nobody made may have become what is usual
    const typed = Object.entries(sent).filter(([, value]) => value !== '');
    expect(await standsIn(page, form)).toMatchObject(Object.fromEntries(typed));
    expect([await sideways(page), await headerFaults(page)]).toEqual([0, []]);
    if (how === 'empty' || only) expect(await findings(page)).toEqual([]);
    expect(troubles.splice(0)).toEqual([]);
  });
});

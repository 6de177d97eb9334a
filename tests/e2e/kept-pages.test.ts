import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { runningEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { signIn, type Visitor, visit } from '../support/visitor.ts';

/** Pages kept for visitors: the same words to everyone, and never a moment out of date. */

let app: AppProcess;
let fatima: Visitor;
let noor: Visitor;

beforeAll(async () => {
  app = await startApp({ env: { STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } });
  [fatima, noor] = await Promise.all([
    signIn(app.url, 'fatima.amrani@voorbeeld.example'),
    signIn(app.url, 'noor.vanderhorst@voorbeeld.example'),
  ]);
});

afterAll(() => app?.dispose());

async function ask(title: string) {
  const asked = await fatima.call(contract.askQuestion, {
    body: { title, body: 'Wie weet het?', theme: 'wonen', visibility: 'public' },
    key: randomUUID(),
  });
  if (!asked.ok) throw new Error(asked.problem.code);
  return { question: asked.data.ref, path: `/vragen/${asked.data.ref}/${asked.data.slug}` };
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(app.url + path, { headers: { 'accept-language': 'nl', ...headers }, redirect: 'manual' });

/** Scripts that stand in the page itself; a block of data is none. */
const inlineScriptsOf = (html: string) =>
  [...html.matchAll(/<script\b([^>]*)>/g)]
    .map((m) => m[1] ?? '')
    .filter((given) => !/\bsrc=|type="application\/ld\+json"/.test(given));

describe('a page kept for visitors', () => {
  it('holds no script of its own, so that no nonce is given twice', async () => {
    const { path } = await ask('Staat er een script in de pagina?');
    for (let i = 0; i < 2; i += 1) {
      const reply = await get(path);
      expect(inlineScriptsOf(await reply.text())).toEqual([]);
      const policy = reply.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/nonce-|unsafe-inline/);
      expect(reply.headers.get('etag')).toBeNull();
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('shows an answer, its endorsement and its removal at once', async () => {
    const { question, path } = await ask('Komt een antwoord meteen op de pagina?');
    // the words of the page come along as data too: what counts is what is shown
    const html = async () =>
      (await (await get(path)).text()).replace(/<script[\s\S]*?<\/script>/g, '');
    expect(await html()).toContain('Nog geen antwoord');
    const henk = await signIn(app.url, 'henk.brouwer@voorbeeld.example');
    const given = await henk.call(contract.answerQuestion, {
      params: { question },
      body: { body: 'Dit is het antwoord van Henk.' },
      key: randomUUID(),
    });
    expect(await html()).toContain('Dit is het antwoord van Henk.');
    expect(await html()).not.toContain('Beantwoord binnen de beloofde tijd');
    await noor.call(contract.endorseAnswer, {
      params: { question, answer: given.ok ? given.data.id : '' },
    });
    expect(await html()).toContain('Beantwoord binnen de beloofde tijd');
    const own = await noor.call(contract.answerQuestion, {
      params: { question },
      body: { body: 'En dit zegt de redactie.' },
      key: randomUUID(),
    });
    expect(await html()).toContain('En dit zegt de redactie.');
    await noor.call(contract.undoAction, {
      params: { action: own.ok ? (own.data.undo ?? '') : '' },
    });
    expect(await html()).not.toContain('En dit zegt de redactie.');
  });

  it('is gone at once when the asker takes the question back', async () => {
    const { question, path } = await ask('Verdwijnt een ingetrokken vraag meteen?');
    expect((await get(path)).status).toBe(200);
    await fatima.call(contract.withdrawQuestion, { params: { question } });
    const gone = await get(path);
    expect(gone.status).toBe(410);
    expect(await gone.text()).not.toContain('Verdwijnt een ingetrokken vraag meteen?');
  });

  it('answers HEAD without a body, and tells its length and reference', async () => {
    const { path } = await ask('Klopt de lengte van de pagina?');
    const reference = randomUUID();
    for (let i = 0; i < 2; i += 1) {
      const page = await get(path, { 'x-request-id': reference });
      const bytes = (await page.arrayBuffer()).byteLength;
      expect(page.headers.get('content-length')).toBe(String(bytes));
      expect(page.headers.get('x-request-id')).toBe(reference);
    }
    // rendered anew, for whoever chose a language: the same headers but for what belongs to one reply
    const names = ({ headers }: Response) =>
      [...headers.keys()].filter((name) => !/^(etag|content-length|transfer-enc.*)$/.test(name));
    const anew = await get(path, { cookie: 'taal=nl' });
    expect(names(await get(path))).toEqual(names(anew));
    const head = await fetch(app.url + path, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });

  it('is no page: a wrong address leads on, an unknown question is refused', async () => {
    const { question, path } = await ask('Leidt een oud adres door?');
    const reference = randomUUID();
    const old = await get(`/vragen/${question}/een-oude-naam`, { 'x-request-id': reference });
    expect(old.status).toBe(308);
    expect(old.headers.get('location')).toBe(path);
    expect(old.headers.get('x-request-id')).toBe(reference);
    expect(old.headers.get('permissions-policy')).toContain('camera=()');
    const unknown = await get('/vragen/zzzzzzzz/niets');
    expect(unknown.status).toBe(404);
    const together = await Promise.all(
      Array.from({ length: 5 }, () => get(`/vragen/${question}/nog-een-naam`)),
    );
    for (const reply of together) expect(reply.status).toBe(308);
  });

  it('is changed by any change of its rows, whoever makes it', async () => {
    const { question, path } = await ask('Wordt ook een ingreep van buiten gezien?');
    await get(path);
    const url = runningEmbedded(app.dataDir)?.ownerUrl();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `update vraagbaak.question set title = 'Van buiten veranderd' where ref = $1`,
      [question],
    );
    await client.end();
    expect(await (await get(path)).text()).toContain('Van buiten veranderd');
  });

  it('is not for members, and is kept apart by language', async () => {
    const { path } = await ask('Ziet ieder zijn eigen pagina?');
    const visitor = await (await get(path)).text();
    expect(visitor).toContain('Inloggen');
    const member = await get(path, { cookie: fatima.cookie });
    expect(member.headers.get('cache-control')).toBe('no-store');
    expect(await member.text()).toContain('Mijn zaken');
    const english = await (await get(path, { 'accept-language': 'en' })).text();
    expect(english).toContain('<html lang="en"');
    expect(await (await get(path)).text()).toContain('<html lang="nl"');
    const dark = await (await get(path, { cookie: 'thema=dark' })).text();
    expect(dark).toContain('data-theme="dark"');
    expect(await (await get(path)).text()).not.toContain('data-theme="dark"');
  });

  it('sets no cookie and renders once for many who come at the same moment', async () => {
    const { path } = await ask('Komen er twintig tegelijk?');
    const replies = await Promise.all(Array.from({ length: 20 }, () => get(path)));
    for (const reply of replies) {
      expect(reply.status).toBe(200);
      expect(reply.headers.getSetCookie()).toEqual([]);
    }
    const pages = await Promise.all(replies.map((r) => r.text()));
    expect(new Set(pages).size).toBe(1);
    expect(await visit(app.url).call(contract.getContext, {})).toMatchObject({ ok: true });
  });
});

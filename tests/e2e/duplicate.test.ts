import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { signIn, type Visitor } from '../support/visitor.ts';

/** The addresses of a question that changed or that another one stands in the place of, without JavaScript. */

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

async function get(path: string, who?: Visitor) {
  const cookie: Record<string, string> = who ? { cookie: who.cookie } : {};
  const reply = await fetch(app.url + path, {
    headers: { 'accept-language': 'nl', ...cookie },
    redirect: 'manual',
  });
  const location = reply.headers.get('location');
  return {
    status: reply.status,
    to: location && new URL(location, app.url).pathname,
    cached: reply.headers.get('cache-control'),
    text: (await reply.text()).replace(/<script[\s\S]*?<\/script>/g, ''),
  };
}

describe('a question that was asked before', () => {
  it('leads readers to the original and tells its asker, until that is undone', async () => {
    const [original, double] = [await ask('Het origineel'), await ask('De dubbele vraag')];
    expect((await get(double.path)).status).toBe(200);
    const marked = await noor.call(contract.markDuplicate, {
      params: { question: double.question },
      body: { original: original.question },
    });
    if (!marked.ok) throw new Error(marked.problem.code);
    for (const who of [undefined, noor]) {
      const seen = await get(double.path, who);
      expect([seen.status, seen.to]).toEqual([303, original.path]);
      expect(seen.cached).toMatch(/no-cache|no-store/);
    }
    const own = await get(double.path, fatima);
    expect(own.status).toBe(200);
    expect(own.text).toContain('Deze vraag is al eerder gesteld.');
    expect(own.text).toContain(`href="${original.path}"`);
    const action = marked.data.undo ?? '';
    const undone = await noor.call(contract.undoAction, { params: { action } });
    expect(undone.ok).toBe(true);
    const again = await get(double.path);
    expect([again.status, again.text.includes('al eerder gesteld')]).toEqual([200, false]);
  });
});

describe('a question with another title', () => {
  it('has another address; the old one leads there, and back when that is undone', async () => {
    const { question, path } = await ask('De eerste titel');
    expect((await get(path)).status).toBe(200);
    const edited = await noor.call(contract.editQuestion, {
      params: { question },
      body: { title: 'De betere titel', theme: 'wonen' },
    });
    if (!edited.ok) throw new Error(edited.problem.code);
    const later = `/vragen/${question}/de-betere-titel`;
    const old = await get(path);
    expect([old.status, old.to]).toEqual([308, later]);
    // kept by a browser it would go round in a circle after the undo
    expect(old.cached).toMatch(/no-cache|no-store/);
    expect((await get(later)).text).toContain('De betere titel');
    const undone = await noor.call(contract.undoAction, {
      params: { action: edited.data.undo ?? '' },
    });
    expect(undone.ok).toBe(true);
    expect([(await get(path)).status, (await get(later)).to]).toEqual([200, path]);
  });
});

import * as contract from '@wijk/contracts';
import { pathOf } from '@wijk/contracts';
import { FIRST_TERMS } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ORIGIN,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { openVetting, type Vetters } from '../../../../../../tests/support/vetting.ts';
import { runDueProvider } from '../vetting/jobs.ts';

let house: House;
let vet: Vetters;
let bart: Guest;
let els: Guest;
let ineke: Guest;
let anil: Guest;
let key: string;
let n = 0;

const of = (provider: string) => ({ params: { provider } });
const own = async () => ok(await house.call(contract.readOwnProvider, bart, of(key)));
const stateOf = async (ref: string) => {
  const reply = await house.call(contract.readOwnListing, bart, { params: { listing: ref } });
  const { state, hold } = ok(reply);
  return `${state} ${hold}`;
};
const publish = async (text: string, signDays = 30, basedOn?: number) =>
  house.call(contract.publishTerms, ineke, {
    body: {
      basedOn:
        basedOn ??
        ok(await house.call(contract.listTermsVersions, ineke, {})).versions[0]?.version ??
        0,
      ...{ text, signDays },
    },
  });
const faults = (outcome: { ok: boolean } & Record<string, unknown>) =>
  outcome.ok
    ? []
    : (outcome.problem as { errors: { pointer: string; code: string }[] }).errors.map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
const paper = async (who: Guest) => {
  // a call that the house knows gives the session its cookie
  ok(await house.call(contract.listOwnProviders, who, {}));
  return house.app.fastify.inject({
    url: pathOf(contract.signedTermsPdf, { wijk: house.wijk.slug, provider: key }, {}),
    headers: { host: new URL(ORIGIN).host, cookie: who.cookie },
  });
};
const work = async () => {
  while (await runDueProvider(house.services));
};

beforeAll(async () => {
  house = await openHouse();
  vet = openVetting(house);
  [bart, els, ineke, anil] = await Promise.all([
    house.guest('Bart Hoekstra', ['resident', 'provider']),
    house.guest('Els Wagenaar', ['resident']),
    house.guest('Ineke Bloemhof', ['resident', 'market-master']),
    house.guest('Anil Ramdin', ['resident', 'curator']),
  ]);
  await vet.policy(ineke, { vetProfessional: true });
});
afterAll(() => house.close());
beforeEach(async () => {
  key = await vet.organisation(`Fysio ${++n}`, bart);
});

describe('signing', () => {
  it('is by name, with a tick, by who acts for the provider, of what was read', async () => {
    expect(faults(await vet.sign(bart, key, { name: '', agreed: false }))).toEqual([
      'name required',
      'agreed agree-needed',
    ]);
    expect(faults(await vet.sign(bart, key, { name: 'Bart de Boer' }))).toEqual([
      'name not-your-name',
    ]);
    expect(refusal(await vet.sign(els, key))).toBe('404 market.vetting-not-found');
    expect(refusal(await vet.sign(bart, key, { version: 99 }))).toBe('409 market.terms-changed');
    const { hash } = ok(await vet.sign(bart, key, { name: 'bart hoekstra' }));
    const first = await own();
    expect(first).toMatchObject({ signature: { name: 'bart hoekstra', by: 'Bart Hoekstra' } });
    house.clock.advance(60_000);
    // a press that comes twice gets the first signature
    expect(ok(await vet.sign(bart, key)).at).toBe(first.signature?.at);
    const { rows } = await house.owner.execute<{ right: boolean }>(sql`
      select hash = encode(sha256(convert_to(text, 'UTF8')), 'hex') and hash = ${hash} as right
      from market.terms_version where wijk_id = ${house.wijk.id} order by version desc limit 1`);
    expect(rows[0]?.right).toBe(true);
  });

  it('pressed twice at once is one signature', async () => {
    const signed = await Promise.all([vet.sign(bart, key), vet.sign(bart, key)]);
    expect(signed.every((one) => one.ok)).toBe(true);
    const { rows } = await house.owner.execute(
      sql`select 1 from market.terms_signature where provider = ${key}`,
    );
    expect(rows.length).toBe(1);
  });

  it('gives a paper with the whole text, who signed it, and its hash', async () => {
    const { hash } = ok(await vet.sign(bart, key));
    const pdf = await paper(bart);
    expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
    const proxy = await getDocumentProxy(new Uint8Array(pdf.rawPayload));
    const { text } = await extractText(proxy, { mergePages: true });
    const words = (one: string) => one.replace(/\s+/g, '');
    expect(words(text)).toContain(words(hash));
    expect(words(text)).toContain('OndertekenddoorBartHoekstra');
    expect(words(text)).toContain(
      words((FIRST_TERMS.split('\n').at(-1) ?? '').replace('- ', '• ')),
    );
    expect((await paper(els)).statusCode).toBe(404);
  });
});

describe('another version', () => {
  it('asks those who signed for a new signature, and lets offers stand still after the term', async () => {
    await vet.vetted(bart, key, [ineke, anil]);
    ok(await vet.sign(bart, key));
    const ref = await vet.offer(bart, key);
    await vet.submit(bart, ref);
    ok(await vet.publish(ineke, ref));
    const start = house.clock.now();
    const { version, asked } = ok(await publish(`${FIRST_TERMS}\n\n20. Nieuw.`));
    expect(asked).toBeGreaterThan(0);
    expect(await own()).toMatchObject({ hold: null, termsVersion: version });
    expect((await own()).termsDueAt).toBe(
      new Date(start.getTime() + 30 * 86_400_000).toISOString(),
    );
    // another version meanwhile gives no more time for this one
    ok(await publish(`${FIRST_TERMS}\n\n20. Nieuwer.`, 90));
    house.clock.set(new Date(start.getTime() + 30 * 86_400_000 - 1000).toISOString());
    await work();
    expect(await stateOf(ref)).toBe('published null');
    house.clock.advance(1000);
    await work();
    expect(await stateOf(ref)).toBe('paused terms');
    expect((await own()).hold).toBe('terms');
    const { rows } = await house.owner.execute(sql`select 1 from kernel.event
      where type = 'terms.lapsed.v1' and payload ->> 'provider' = ${key}`);
    expect(rows.length).toBe(1);
    expect(refusal(await vet.sign(bart, key, { version }))).toBe('409 market.terms-changed');
    ok(await vet.sign(bart, key));
    expect(await stateOf(ref)).toBe('published null');
    expect((await own()).hold).toBe(null);
  });

  it('is published once by two at once, and says what is wrong with it', async () => {
    expect(faults(await publish('Kort.', 1))).toEqual(['text too-short', 'signDays too-small']);
    const based = ok(await house.call(contract.listTermsVersions, ineke, {})).versions[0]?.version;
    const both = await Promise.all(
      ['a', 'b'].map((end) => publish(`${FIRST_TERMS}\n\n${end}`, 30, based)),
    );
    expect(both.map((one) => (one.ok ? 'yes' : refusal(one))).sort()).toEqual([
      '409 market.terms-changed',
      'yes',
    ]);
  });

  it('is never signed as an old one by somebody who signs at that moment', async () => {
    const [signed, made] = await Promise.all([
      vet.sign(bart, key),
      publish(`${FIRST_TERMS}\n\n${n}. Tegelijk.`),
    ]);
    const { version } = ok(made);
    const { signature, termsDueAt } = await own();
    if (!signed.ok) expect(refusal(signed)).toBe('409 market.terms-changed');
    else expect(signature?.version === version || termsDueAt !== null).toBe(true);
  });
});

import { randomUUID } from 'node:crypto';
import type { BodyOf } from '@wijk/contracts';
import * as contract from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { findListing } from '@wijk/db/market';
import { DAY_MS } from '@wijk/domain/kernel';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listingRevision, listing as table } from '../../../../../packages/db/src/market/tables.ts';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { KLUS } from '../../../../../tests/support/klus.ts';
import { runDueListing } from './listings/jobs.ts';

let house: House;
let henk: Guest;
let fatima: Guest;
let ineke: Guest;

const of = (listing: string) => ({ params: { listing } });
const draft = async (
  who: Guest,
  fields: Partial<typeof KLUS> = {},
  kind: 'offer' | 'request' = 'offer',
) => ok(await house.call(contract.draftListing, who, { body: { ...KLUS, ...fields, kind } }));
const step = (who: Guest, ref: string, what: BodyOf<typeof contract.stepListing>['step']) =>
  house.call(contract.stepListing, who, { ...of(ref), body: { step: what } });
const own = async (who: Guest, ref: string) =>
  ok(await house.call(contract.readOwnListing, who, of(ref)));
const decide = async (
  who: Guest,
  ref: string,
  body: Partial<BodyOf<typeof contract.decideListing>> &
    Pick<BodyOf<typeof contract.decideListing>, 'decision'>,
) => {
  const stored = await findListing(house.owner, house.wijk.id, { ref });
  return house.call(contract.decideListing, who, {
    ...of(ref),
    body: { version: stored?.version ?? 0, ...body },
  });
};
/** Published by way of the market master. */
const publish = async (who: Guest, fields: Partial<typeof KLUS> = {}) => {
  const { ref } = await draft(who, fields);
  ok(await step(who, ref, 'submit'));
  ok(await decide(ineke, ref, { decision: 'publish' }));
  return ref;
};
const found = async (query: Record<string, unknown> = {}) =>
  ok(
    await house.call(contract.findListings, null, { query: { limit: 50, ...query } as never }),
  ).items.map(({ ref }) => ref);

beforeAll(async () => {
  house = await openHouse();
  [henk, fatima, ineke] = await Promise.all([
    house.guest('Henk Brouwer', ['resident', 'provider']),
    house.guest('Fatima Amrani', ['resident']),
    house.guest('Ineke Bloemhof', ['resident', 'market-master']),
  ]);
});
afterAll(() => house.close());

describe('a draft', () => {
  it('is kept as it was typed, also what cannot be, and comes back so', async () => {
    const { ref, state } = await draft(henk, {
      title: '',
      body: 'Half een zi',
      theme: '',
      mode: 'fixed',
      rate: 'zes',
      places: 'veel',
      periods: [{ weekday: 2, from: '9 uur', until: '' }],
    });
    expect(state).toBe('draft');
    const kept = await own(henk, ref);
    expect(kept).toMatchObject({
      title: '',
      body: 'Half een zi',
      theme: null,
      mode: 'fixed',
      rate: 0,
      places: null,
    });
    expect(kept.typed).toEqual({ rate: 'zes', places: 'veel' });
    expect(kept.periods).toEqual([{ weekday: 2, from: '9 uur', until: '' }]);
    const refused = await step(henk, ref, 'submit');
    expect(
      refused.ok ? [] : refused.problem.errors.map(({ pointer, code }) => `${pointer} ${code}`),
    ).toEqual([
      'title required',
      'theme required',
      'periods.0.from not-a-time',
      'periods.0.until not-a-time',
      'rate not-an-amount',
      'places too-large',
    ]);
    expect((await own(henk, ref)).body).toBe('Half een zi');
  });

  it('is nobody else’s to see, also not the market master’s', async () => {
    const { ref } = await draft(henk);
    for (const who of [null, fatima, ineke])
      expect(refusal(await house.call(contract.getListing, who, of(ref)))).toBe(
        '404 market.listing-not-found',
      );
    expect(refusal(await house.call(contract.readOwnListing, fatima, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
    expect(
      refusal(
        await house.call(contract.saveListing, fatima, {
          ...of(ref),
          body: { ...KLUS, version: 0 },
        }),
      ),
    ).toBe('404 market.listing-not-found');
    expect(refusal(await step(fatima, ref, 'submit'))).toBe('404 market.listing-not-found');
    expect(refusal(await house.call(contract.reviewListing, ineke, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
    expect(refusal(await house.call(contract.readListingHistory, ineke, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
  });

  it('never takes the address of a page with its title', async () => {
    expect((await draft(henk, { title: 'Bewerken' })).slug).toBe('bewerken-op-de-markt');
  });

  it('is one draft however often the press comes', async () => {
    const key = randomUUID();
    const press = () =>
      house.call(contract.draftListing, henk, { body: { ...KLUS, kind: 'offer' }, key });
    const [a, b] = await Promise.all([press(), press()]);
    expect(ok(a).ref).toBe(ok(b).ref);
  });

  it('is thrown away with one press, and then nobody has it', async () => {
    const { ref } = await draft(henk, { title: 'Toch maar niet' });
    ok(await step(henk, ref, 'end'));
    const own = ok(await house.call(contract.listOwnListings, henk, { query: { limit: 50 } }));
    expect(own.items.map((one) => one.ref)).not.toContain(ref);
    expect(refusal(await house.call(contract.getListing, fatima, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
  });

  it('that nothing was written in is gone on with', async () => {
    const begin = () =>
      house.call(contract.draftListing, henk, { body: { kind: 'request', languages: ['nl'] } });
    expect(ok(await begin()).ref).toBe(ok(await begin()).ref);
  });

  it('takes only a theme and an area that the wijk has, and an organisation that one acts for', async () => {
    const wrong = await house.call(contract.draftListing, henk, {
      body: { ...KLUS, kind: 'offer', theme: 'x', area: 'y' },
    });
    expect(wrong.ok ? [] : wrong.problem.errors.map(({ pointer }) => pointer)).toEqual([
      'theme',
      'area',
    ]);
    const not = await house.call(contract.draftListing, henk, {
      body: { ...KLUS, kind: 'offer', organisation: randomUUID() },
    });
    expect(refusal(not)).toBe('403 market.not-operator');
  });
});

describe('the way to the market', () => {
  it('passes the market master, who sees what stands out, and its author hears of it', async () => {
    const { ref, marks } = await draft(henk, { body: 'Ik help u onder de douche.' });
    expect(marks).toEqual(['bodily-care']);
    ok(await step(henk, ref, 'submit'));
    expect(await found({ q: 'douche' })).toEqual([]);
    await house.work();
    const queue = ok(await house.call(contract.listListingsToReview, ineke, {}));
    expect(queue.items.find((one) => one.ref === ref)).toMatchObject({
      marks: ['bodily-care'],
      own: false,
    });
    expect(refusal(await house.call(contract.listListingsToReview, fatima, {}))).toBe(
      '403 kernel.forbidden',
    );
    expect(refusal(await decide(henk, ref, { decision: 'publish' }))).toBe('403 kernel.forbidden');
    const bare = await decide(ineke, ref, { decision: 'refuse' });
    expect(bare.ok ? [] : bare.problem.errors).toMatchObject([
      { pointer: 'reason', code: 'required' },
    ]);
    ok(
      await decide(ineke, ref, {
        decision: 'refuse',
        reason: 'bodily-care',
        note: 'Dat is voor de thuiszorg.',
      }),
    );
    expect(await own(henk, ref)).toMatchObject({
      state: 'draft',
      decision: { decision: 'refuse', reason: 'bodily-care', note: 'Dat is voor de thuiszorg.' },
    });
    await house.work();
    const told = ok(await house.call(contract.listNotices, henk, {})).items.filter(
      (one) => one.listing === ref,
    );
    expect(told.map(({ kind }) => kind)).toEqual(['listing-decided']);
    const masters = ok(await house.call(contract.listNotices, ineke, {})).items.filter(
      (one) => one.listing === ref,
    );
    expect(masters.map(({ kind }) => kind)).toEqual(['listing-review']);
  });

  it('leads into the lists at once, and out of them', async () => {
    const ref = await publish(henk, { title: 'Gootsteenontstopper' });
    expect(await found({ q: 'gootsteen' })).toEqual([ref]);
    expect(ok(await house.call(contract.getListing, null, of(ref))).by).toMatchObject({
      kind: 'member',
      name: 'Henk Brouwer',
    });
    ok(await step(henk, ref, 'pause'));
    expect(await found({ q: 'gootsteen' })).toEqual([]);
    expect(refusal(await house.call(contract.getListing, fatima, of(ref)))).toBe(
      '410 market.listing-away',
    );
    ok(await step(henk, ref, 'resume'));
    expect(await found({ q: 'gootsteen' })).toEqual([ref]);
    // a press that comes twice
    ok(await step(henk, ref, 'resume'));
    ok(await step(henk, ref, 'fulfil'));
    expect(await found({ q: 'gootsteen' })).toEqual([]);
    expect(refusal(await step(henk, ref, 'pause'))).toBe('409 market.listing-step-not-now');
  });

  it('is of the market master only where it is not their own', async () => {
    const { ref } = await draft(ineke);
    ok(await step(ineke, ref, 'submit'));
    expect(refusal(await decide(ineke, ref, { decision: 'publish' }))).toBe(
      '403 market.own-listing',
    );
  });

  it('needs no market master where the wijk asks for none', async () => {
    await house.owner.execute(sql`insert into market.policy (wijk_id, version, review_first, listing_days, remind_days,
        answer_days, deliver_days, confirm_days, dispute_days, free_cancel_hours, late_cancel_permille, unmatched_days, made_at)
      values (${house.other.id}, 1, false, 30, 5, 3, 14, 7, 14, 24, 500, 7, ${house.clock.now()})`);
    const other = await house.guest('Bram Vos', ['resident'], house.other.id);
    const there = { wijk: house.other.slug };
    const { ref } = ok(
      await house.call(contract.draftListing, other, {
        params: there,
        body: { ...KLUS, kind: 'offer' },
      }),
    );
    const { state } = ok(
      await house.call(contract.stepListing, other, {
        params: { ...there, listing: ref },
        body: { step: 'submit' },
      }),
    );
    expect(state).toBe('published');
    expect(
      ok(await house.call(contract.getListing, null, { params: { ...there, listing: ref } }))
        .expiresAt,
    ).toBe(new Date(house.clock.now().getTime() + 30 * DAY_MS).toISOString());
    // nothing of it is in this wijk, and nobody of there acts here
    expect(refusal(await house.call(contract.getListing, null, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
    expect(refusal(await house.call(contract.readOwnListing, other, of(ref)))).toBe(
      '401 kernel.unauthenticated',
    );
  });

  it('ends by the market master with reasons, and is not renewed then', async () => {
    const ref = await publish(henk, { title: 'Energiecontracten' });
    ok(await decide(ineke, ref, { decision: 'remove', reason: 'commercial', note: '' }));
    expect(refusal(await house.call(contract.getListing, fatima, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
    expect(refusal(await step(henk, ref, 'renew'))).toBe('409 market.listing-removed');
    expect(refusal(await decide(ineke, ref, { decision: 'publish' }))).toBe(
      '409 market.listing-step-not-now',
    );
  });
});

describe('two at once', () => {
  const save = (who: Guest, ref: string, version: number, change: Partial<typeof KLUS>) =>
    house.call(contract.saveListing, who, { ...of(ref), body: { ...KLUS, ...change, version } });

  it('one edit wins, the other is told, and nothing is overwritten unseen', async () => {
    const { ref, version } = await draft(henk);
    const [a, b] = await Promise.all([
      save(henk, ref, version, { title: 'De eerste' }),
      save(henk, ref, version, { title: 'De tweede' }),
    ]);
    const refused = [a, b].filter((one) => !one.ok);
    expect(refused).toHaveLength(1);
    expect(refusal(refused[0] as typeof a)).toBe('409 market.listing-changed');
    const winner = a.ok ? 'De eerste' : 'De tweede';
    const now = await own(henk, ref);
    expect(now.title).toBe(winner);
    ok(await save(henk, ref, now.version, { title: 'Dan toch' }));
    // the very same words once more are no conflict: a form that was sent twice
    ok(await save(henk, ref, version, { title: 'Dan toch' }));
  });

  it('the market master decides on what they read, not on what came after', async () => {
    const { ref } = await draft(henk);
    ok(await step(henk, ref, 'submit'));
    const seen = ok(await house.call(contract.reviewListing, ineke, of(ref)));
    ok(await save(henk, ref, seen.version, { title: 'Heel iets anders' }));
    const late = await house.call(contract.decideListing, ineke, {
      ...of(ref),
      body: { decision: 'publish', version: seen.version },
    });
    expect(refusal(late)).toBe('409 market.listing-changed');
  });

  it('what others see is kept only when it is right, with what it said before', async () => {
    const ref = await publish(henk);
    const { version } = await own(henk, ref);
    const wrong = await save(henk, ref, version, { title: '' });
    expect(wrong.ok ? [] : wrong.problem.errors).toMatchObject([
      { pointer: 'title', code: 'required' },
    ]);
    const { state } = ok(
      await save(henk, ref, version, { title: 'Kleine klusjes in huis', rate: '7,50' }),
    );
    expect(state).toBe('published');
    const history = ok(await house.call(contract.readListingHistory, ineke, of(ref)));
    expect(history.revisions).toMatchObject([
      { title: 'Kleine klussen in huis', by: 'Henk Brouwer', changed: ['title', 'rate'] },
    ]);
    expect(refusal(await house.call(contract.readListingHistory, fatima, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
    await expect(house.owner.update(listingRevision).set({ by: randomUUID() })).rejects.toThrow();
  });

  it('a new warning brings a published text back to the market master', async () => {
    const ref = await publish(henk);
    const { version } = await own(henk, ref);
    const { state, marks } = ok(
      await save(henk, ref, version, { body: `${KLUS.body} Bel 06-12345678.` }),
    );
    expect([state, marks]).toEqual(['review', ['contact']]);
    expect(await found()).not.toContain(ref);
    ok(await decide(ineke, ref, { decision: 'publish' }));
    expect(await found()).toContain(ref);
  });
});

describe('the term of a listing', () => {
  it('is told before, ends once with several workers, and is renewed with one press', async () => {
    const ref = await publish(henk, { title: 'Tuin omspitten', theme: 'tuin' });
    const is = () => findListing(house.owner, house.wijk.id, { ref });
    house.clock.advance(83 * DAY_MS + 1);
    const worker = async () => {
      while (await runDueListing(house.services));
    };
    const workers = () => Promise.all([worker(), worker()]);
    await workers();
    const reminded = await is();
    expect(reminded).toMatchObject({ state: 'published', remindAt: null });
    expect(
      ok(await house.call(contract.listOwnListings, henk, { query: { limit: 50 } })).items.find(
        (one) => one.ref === ref,
      )?.endsSoon,
    ).toBe(true);
    house.clock.advance(7 * DAY_MS);
    await workers();
    expect(await is()).toMatchObject({ state: 'ended', ending: 'expired' });
    const { rows } =
      await house.owner.execute(sql`select e.type, count(*)::int as n from kernel.event e
      where e.payload ->> 'listingId' = ${reminded?.id} and e.type in ('listing.expiring.v1', 'listing.ended.v1') group by 1 order by 1`);
    expect(rows).toEqual([
      { type: 'listing.ended.v1', n: 1 },
      { type: 'listing.expiring.v1', n: 1 },
    ]);
    expect(await found({ q: 'omspitten' })).toEqual([]);
    await house.work();
    const kinds = ok(await house.call(contract.listNotices, henk, { query: { limit: 50 } }))
      .items.filter((one) => one.listing === ref)
      .map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['listing-decided', 'listing-ended']);
    ok(await step(henk, ref, 'renew'));
    expect(await is()).toMatchObject({
      state: 'published',
      ending: null,
      endedAt: null,
      remindedAt: null,
    });
    expect(await found({ q: 'omspitten' })).toEqual([ref]);
  });

  it('is not renewed for what never stood on the market', async () => {
    const { ref } = await draft(henk);
    ok(await step(henk, ref, 'submit'));
    ok(await step(henk, ref, 'end'));
    expect(refusal(await step(henk, ref, 'renew'))).toBe('409 market.listing-step-not-now');
    const [row] = await house.owner.select().from(table).where(eq(table.ref, ref));
    expect(row?.ending).toBe('author');
  });
});

it('tells nothing of what a listing is about: no notice and no mail holds its words', async () => {
  const ref = await publish(henk, { title: 'Lotgenoten na een burn-out', theme: 'stress' });
  await house.work();
  const { rows } = await house.owner.execute(
    sql`select m.template, m.params from notifications.mail m where m.template like 'listing-%'`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { params } of rows) expect(Object.keys(params as object)).toEqual(['listing']);
  const told = JSON.stringify(
    ok(await house.call(contract.listNotices, henk, { query: { limit: 50 } })),
  );
  expect(told).toContain(ref);
  expect(told).not.toMatch(/burn-out|stress/i);
  const { rows: events } = await house.owner.execute(
    sql`select e.payload from kernel.event e where e.type like 'listing.%'`,
  );
  expect(JSON.stringify(events)).not.toMatch(/burn-out|stress/i);
});

it('a transaction that goes wrong leaves nothing behind in the index', async () => {
  const ref = await publish(henk, { title: 'Zolderopruimer' });
  const undone = new Error('undone');
  await expect(
    inTransaction(house.owner, async (tx) => {
      await tx.update(table).set({ state: 'paused' }).where(eq(table.ref, ref));
      throw undone;
    }),
  ).rejects.toBe(undone);
  expect(await found({ q: 'zolder' })).toEqual([ref]);
  // changed by hand and told to nobody: the worker finds it
  await house.owner.update(table).set({ title: 'Kelderopruimer' }).where(eq(table.ref, ref));
  expect(await found({ q: 'zolder' })).toEqual([]);
  await house.work();
  expect(await found({ q: 'kelder' })).toEqual([ref]);
});

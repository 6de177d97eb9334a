import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { openVetting, type Vetters } from '../../../../../../tests/support/vetting.ts';

let house: House;
let vet: Vetters;
let henk: Guest;
let ineke: Guest;
let yusuf: Guest;
let admin: Guest;
let fatima: Guest;

const of = (ref: string) => ({ params: { listing: ref } });
const made = async () => {
  const ref = await vet.offer(henk, `m-${henk.membershipId}`, { shell: 1, title: 'Heg knippen' });
  await vet.submit(henk, ref);
  return ref;
};
const decide = async (who: Guest, ref: string, decision: 'publish' | 'refuse' | 'remove') => {
  const { version } = ok(await house.call(contract.reviewListing, who, of(ref)));
  const reason = decision === 'publish' ? null : ('commercial' as const);
  const body = { decision, reason, note: 'Dit lijkt reclame.', version };
  ok(await house.call(contract.decideListing, who, { ...of(ref), body }));
};
const own = async (ref: string, who = henk) =>
  ok(await house.call(contract.readListingAppeal, who, of(ref)));
const appeal = async (ref: string, body = 'Het is geen reclame.', who = henk) =>
  house.call(contract.appealListing, who, {
    ...of(ref),
    body: { decision: (await own(ref)).decision?.id ?? '', body },
  });
const open = async (who: Guest) => ok(await house.call(contract.listListingAppeals, who, {})).items;
const answer = (who: Guest, id: string, outcome: 'granted' | 'rejected', reply = 'Gezien.') =>
  house.call(contract.decideListingAppeal, who, {
    params: { appeal: id },
    body: { outcome, reply },
  });
const state = async (ref: string) =>
  ok(await house.call(contract.readOwnListing, henk, of(ref))).state;
const seen = async (ref: string) => (await house.call(contract.getListing, null, of(ref))).ok;

beforeAll(async () => {
  house = await openHouse();
  vet = openVetting(house);
  [henk, ineke, yusuf, admin, fatima] = await Promise.all([
    house.guest('Henk Brouwer', ['resident']),
    house.guest('Ineke Bloemhof', ['resident', 'market-master']),
    house.guest('Yusuf Demirci', ['resident', 'market-master']),
    house.guest('Ad Beheer', ['resident', 'admin']),
    house.guest('Fatima Amrani', ['resident']),
  ]);
});
afterAll(() => house.close());

describe('an appeal against the market master', () => {
  it('is its author’s, once, and answered by somebody who did not decide', async () => {
    const ref = await made();
    expect((await own(ref)).mayAppeal).toBe(false);
    await decide(ineke, ref, 'publish');
    await decide(ineke, ref, 'remove');
    expect(refusal(await house.call(contract.readListingAppeal, fatima, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
    expect((await own(ref)).mayAppeal).toBe(true);
    const empty = await appeal(ref, '  ');
    expect(empty.ok ? [] : empty.problem.errors[0]).toMatchObject({ pointer: 'body' });
    const both = await Promise.all([appeal(ref), appeal(ref)]);
    expect(both.every((one) => one.ok)).toBe(true);
    expect(refusal(await appeal(ref, 'Nog iets anders.'))).toBe('409 market.no-appeal');
    const [one] = (await open(ineke)).filter(({ listing }) => listing.ref === ref);
    expect(one?.refusal).toBe('decided');
    expect(refusal(await answer(ineke, one?.id ?? '', 'granted'))).toBe('403 market.own-decision');
    expect(refusal(await answer(fatima, one?.id ?? '', 'granted'))).toBe('403 kernel.forbidden');
    ok(await answer(admin, one?.id ?? '', 'granted', 'Dit is gewoon een aanbod.'));
    expect(refusal(await answer(yusuf, one?.id ?? '', 'rejected'))).toBe(
      '409 market.appeal-decided',
    );
    expect([await state(ref), await seen(ref)]).toEqual(['published', true]);
    expect((await own(ref)).appeal).toMatchObject({ outcome: 'granted', by: 'Ad Beheer' });
    const found = ok(
      await house.call(contract.findListings, null, { query: { q: 'heg', limit: 20 } }),
    );
    expect(found.items.map((each) => each.ref)).toContain(ref);
  });

  it('rejected, leaves it as it is, with the reason for its author', async () => {
    const ref = await made();
    await decide(ineke, ref, 'refuse');
    ok(await appeal(ref));
    const [one] = (await open(yusuf)).filter(({ listing }) => listing.ref === ref);
    ok(await answer(yusuf, one?.id ?? '', 'rejected', 'Er staat een prijslijst in.'));
    expect(await state(ref)).toBe('draft');
    expect((await own(ref)).appeal).toMatchObject({
      ...{ outcome: 'rejected', reply: 'Er staat een prijslijst in.', by: 'Yusuf Demirci' },
    });
  });

  it('granted, publishes what was sent back, but nothing that was written anew since', async () => {
    const ref = await made();
    await decide(ineke, ref, 'refuse');
    ok(await appeal(ref));
    const { version } = ok(await house.call(contract.readOwnListing, henk, of(ref)));
    house.clock.advance(60_000);
    ok(
      await house.call(contract.saveListing, henk, {
        ...of(ref),
        body: { version, title: 'Iets heel anders', body: 'Koop nu.', languages: ['nl'] },
      }),
    );
    const [one] = (await open(yusuf)).filter(({ listing }) => listing.ref === ref);
    ok(await answer(yusuf, one?.id ?? '', 'granted'));
    expect([await state(ref), await seen(ref)]).toEqual(['draft', false]);
    const other = await made();
    await decide(ineke, other, 'refuse');
    ok(await appeal(other));
    const [two] = (await open(yusuf)).filter(({ listing }) => listing.ref === other);
    ok(await answer(yusuf, two?.id ?? '', 'granted'));
    expect([await state(other), await seen(other)]).toEqual(['published', true]);
  });

  it('is answered once by two at once, and never by who decided, whatever code says', async () => {
    const ref = await made();
    await decide(ineke, ref, 'refuse');
    ok(await appeal(ref));
    const [one] = (await open(yusuf)).filter(({ listing }) => listing.ref === ref);
    const id = one?.id ?? '';
    const by = (who: Guest) =>
      house.owner.execute(sql`update market.listing_appeal set outcome = 'granted', reply = 'Ja',
        decided_by = ${who.membershipId}, decided_at = ${house.clock.now()} where id = ${id}`);
    await expect(by(ineke)).rejects.toThrow();
    await expect(by(henk)).rejects.toThrow();
    const both = await Promise.all([answer(yusuf, id, 'granted'), answer(admin, id, 'rejected')]);
    expect(both.filter((each) => each.ok).length).toBe(1);
    await expect(by(admin)).rejects.toThrow();
  });
});

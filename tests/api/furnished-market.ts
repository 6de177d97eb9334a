import * as contracts from '@wijk/contracts';
import { type Guest, type House, ok } from '../support/house.ts';
import { blob, picture as drawn } from '../support/photos.ts';

/** Something on the market, something that waits, something changed and something refused. */
export async function furnishMarket(house: House, master: Guest, author: Guest, canary: string) {
  const draft = async (title: string) =>
    ok(
      await house.call(contracts.draftListing, author, {
        body: {
          ...{
            kind: 'offer',
            title: `${title} ${canary}`,
            body: `Dat doet ${canary}`,
            theme: 'tuin',
          },
          ...{ area: 'hele-wijk', audience: canary, accessibility: canary, availability: canary },
          languages: ['nl'],
        },
      }),
    ).ref;
  const submit = async (listing: string) =>
    ok(
      await house.call(contracts.stepListing, author, {
        params: { listing },
        body: { step: 'submit' },
      }),
    );
  const decide = async (listing: string, decision: 'publish' | 'refuse') => {
    const params = { listing };
    const { version } = ok(await house.call(contracts.reviewListing, master, { params }));
    const reason = decision === 'publish' ? null : ('unclear' as const);
    const body = { decision, reason, note: canary, version };
    ok(await house.call(contracts.decideListing, master, { params, body }));
  };
  const listing = await draft('Heg knippen');
  const { id: picture } = ok(
    await house.call(contracts.addListingPhoto, author, {
      params: { listing },
      file: blob(await drawn(60, 40).jpeg().toBuffer()),
    }),
  );
  const ofPicture = { params: { listing, picture }, body: { alt: canary } };
  ok(await house.call(contracts.changeListingPhoto, author, ofPicture));
  await submit(listing);
  await decide(listing, 'publish');
  const waiting = await draft('Blad ruimen');
  await submit(waiting);
  const refused = await draft('Gras maaien');
  await submit(refused);
  await decide(refused, 'refuse');
  await draft('Nog niet af');
  await furnishApp(house, author, canary);
  const exception = await furnishTimes(house, author, listing);
  return { listing, picture, waiting, exception, provider: `m-${author.membershipId}` };
}

/** Times to choose, a day that differs, and an address of the author's calendar. */
async function furnishTimes(house: House, author: Guest, listing: string): Promise<string> {
  const params = { listing };
  const { version } = ok(await house.call(contracts.readListingAgenda, author, { params }));
  const agenda = { isOn: true, slotMinutes: 60, noticeHours: 24, horizonDays: 28, version };
  const periods = [{ weekday: 1, from: '09:00', until: '12:00' }];
  ok(
    await house.call(contracts.saveListingAgenda, author, { params, body: { ...agenda, periods } }),
  );
  ok(await house.call(contracts.makeCalendarFeed, author, { body: { titles: true } }));
  const days = { firstDay: '2027-06-01', lastDay: '2027-06-02', from: '00:00', until: '24:00' };
  const body = { kind: 'closed' as const, ...days };
  return ok(await house.call(contracts.addAgendaException, author, { body })).id;
}

/** An app that waits for curators, with something to find in every field. */
async function furnishApp(house: House, author: Guest, canary: string): Promise<void> {
  const told = Object.fromEntries(
    [
      ...(['name', 'release', 'supplierName', 'supplierCountry', 'supplierContact'] as const),
      ...(['summary', 'audience', 'notFor', 'priceAfter', 'dataLocation', 'retention'] as const),
      ...(['sharedWith', 'evidenceNote', 'wcag', 'crisis', 'complaints'] as const),
    ].map((field) => [field, canary]),
  );
  const fields = {
    ...{ ...told, goal: 'zingeving', theme: 'slaap', level: 'beginner', evidenceLevel: 'expert' },
    ...{ platforms: ['pwa' as const], languages: ['nl' as const], price: '3' },
    ...{ accountNeeded: 'ja' as const, medicalClaim: 'nee' as const, shared: 'ja' as const },
    ...{ nen7510: 'ja' as const, lowLiteracy: 'nee' as const },
  };
  const { ref } = ok(await house.call(contracts.draftApp, author, { body: { fields } }));
  ok(await house.call(contracts.submitApp, author, { params: { listing: ref } }));
}

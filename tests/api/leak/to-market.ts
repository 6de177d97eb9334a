import * as contract from '@wijk/contracts';
import { ok } from '../../support/house.ts';
import { COMMON, type Of, type Stage } from './stage.ts';

/** A question whose asker is hidden and what its asker made of it on the market, by every id that they have. */
export interface Crossing {
  what: string;
  /** id and reference of the question */
  question: string[];
  /** ids and references of the listing and of orders of it, and who asked: what may never stand beside it */
  theirs: string[];
}

/**
 * A neighbour makes requests of an anonymous question and of a private one, in other words and under their name;
 * somebody helps; and they ask for an offer that stands under an answer to each.
 */
export async function toMarket({ house, people, as, ask, answer, sql }: Stage) {
  const master = await house.guest('Mees Meester', ['market-master']);
  const settle = async () => {
    await house.work();
    house.clock.advance(7001);
  };
  const place = async (who: 'neighbour' | 'expert', kind: 'request' | 'offer', words: string) => {
    const { ref }: { ref: string } = await as(who, contract.draftListing, {
      body: {
        ...{ kind, title: `${COMMON} ${words}`, body: `Over ${words}`, theme: 'klussen' },
        ...{ area: 'hele-wijk', languages: ['nl'] },
      },
    });
    const params = { listing: ref };
    await as(who, contract.stepListing, { params, body: { step: 'submit' } });
    const { version } = ok(await house.call(contract.reviewListing, master, { params }));
    const body = { decision: 'publish' as const, version };
    ok(await house.call(contract.decideListing, master, { params, body }));
    await settle();
    return ref;
  };
  const offer = await place('expert', 'offer', 'zqmarktaanbod');
  const cross = async (
    what: 'anonymous' | 'private',
    words: { title: string; body: string; request: string },
  ): Promise<Crossing & { listing: string; asked: Of }> => {
    const name = what === 'private' ? 'hiddenRequest' : 'namelessRequest';
    const asked = await ask(name, what, { ...words, who: 'neighbour' });
    const given = await answer('editor', asked, 'Op de markt vindt u iemand.');
    const params = { ...asked, answer: given, listing: offer };
    await as('editor', contract.attachListing, { params });
    const refused = await house.call(contract.draftListing, people.neighbour, {
      body: { kind: 'request', title: 'Klus', question: asked.question },
    });
    if (refused.ok) throw new Error(`a request was linked to a question that is ${what}`);
    const listing = await place('neighbour', 'request', words.request);
    const helped: { ref: string } = await as('other-expert', contract.requestOrder, {
      body: { listing },
    });
    const bought: { ref: string } = await as('neighbour', contract.requestOrder, {
      body: { listing: offer, question: asked.question },
    });
    const idOf = async (table: string, ref: string) =>
      (await sql(`select id from ${table} where ref = $1`, [ref]))[0]?.id ?? '';
    return {
      ...{ what, listing, asked },
      question: [await idOf('vraagbaak.question', asked.question), asked.question],
      theirs: [
        ...[await idOf('market.listing', listing), listing],
        ...[await idOf('market."order"', helped.ref), helped.ref],
        ...[await idOf('market."order"', bought.ref), bought.ref],
        ...[people.neighbour.membershipId, people.neighbour.personId],
      ],
    };
  };
  const crossings = [
    await cross('anonymous', { title: 'zqbuurvraag', body: 'kort', request: 'zqhulpgevraagd' }),
    await cross('private', {
      title: 'zqbuurgeheim',
      body: 'zqbuurtekst',
      request: 'zqklusgevraagd',
    }),
  ];
  return { crossings, listings: [offer, ...crossings.map(({ listing }) => listing)] };
}

/** Rows outside of the seal that hold a question and what its asker did on the market, each as a line. */
export function beside(
  tables: ReadonlyMap<string, readonly string[]>,
  { what, question, theirs }: Crossing,
): string[] {
  const found: string[] = [];
  for (const [name, rows] of tables)
    if (!name.startsWith('sealed.'))
      for (const row of rows)
        if (question.some((id) => row.includes(id)) && theirs.some((id) => row.includes(id)))
          found.push(`${name} has who asked the ${what} question: ${row}`);
  return found;
}

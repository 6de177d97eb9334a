import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { DEFAULT_MARKET_POLICY, type MarketPolicy, type Verdict } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import { type Guest, type House, ok } from './house.ts';

/** Vetting, terms and offers of a house, made through the API. */
export interface Vetters {
  /** an organisation that these people act for; its key */
  organisation(name: string, ...operators: Guest[]): Promise<string>;
  apply(who: Guest, key: string, about?: string): ReturnType<typeof applyOf>;
  declare(who: Guest, key: string, conflict?: boolean): ReturnType<typeof declareOf>;
  review(who: Guest, key: string, advice?: Verdict, score?: number): ReturnType<typeof reviewOf>;
  /** says that they have no interest, and judges */
  judge(who: Guest, key: string, advice?: Verdict): Promise<void>;
  decide(who: Guest, key: string, until?: string): ReturnType<typeof decideOf>;
  /** asked for, judged by these two, approved */
  vetted(who: Guest, key: string, by: readonly [Guest, Guest], until?: string): Promise<void>;
  sign(who: Guest, key: string, more?: Partial<SignBody>): ReturnType<typeof signOf>;
  /** an offer of a professional; its reference */
  offer(who: Guest, key: string, more?: object): Promise<string>;
  submit(who: Guest, listing: string): Promise<string>;
  publish(master: Guest, listing: string): ReturnType<typeof publishOf>;
  /** changes what is named, by the API */
  policy(master: Guest, change: Partial<MarketPolicy>): Promise<number>;
}

type SignBody = { version: number; name: string; agreed: boolean };
/** Only for their types. */
declare function applyOf(): Promise<contract.Outcome<typeof contract.applyForVetting>>;
declare function declareOf(): Promise<contract.Outcome<typeof contract.declareVettingInterest>>;
declare function reviewOf(): Promise<contract.Outcome<typeof contract.reviewProvider>>;
declare function decideOf(): Promise<contract.Outcome<typeof contract.decideVetting>>;
declare function signOf(): Promise<contract.Outcome<typeof contract.signTerms>>;
declare function publishOf(): Promise<contract.Outcome<typeof contract.decideListing>>;

export const APPLICATION = {
  about: 'Fysiotherapie aan huis en in de praktijk.',
  registration: 'KvK 12345678',
  qualification: 'Drie geregistreerde fysiotherapeuten.',
  conduct: 'Drie mensen, alle drie een VOG van dit jaar.',
  insurance: 'Aansprakelijkheid tot een miljoen.',
  complaints: 'Klachtencommissie van de beroepsgroep.',
};

export function openVetting(house: House): Vetters {
  const of = (provider: string) => ({ params: { provider } });
  const read = async (who: Guest, key: string) =>
    ok(await house.call(contract.readVetting, who, of(key)));
  const vetters: Vetters = {
    organisation: async (name, ...operators) => {
      const id = randomUUID();
      const now = house.clock.now();
      await house.owner.execute(sql`insert into wallet.organisation (wijk_id, id, name, created_at)
        values (${house.wijk.id}, ${id}, ${name}, ${now})`);
      for (const { membershipId } of operators)
        await house.owner.execute(sql`insert into wallet.operator
          (wijk_id, organisation_id, membership_id, role, since)
          values (${house.wijk.id}, ${id}, ${membershipId}, 'manager', ${now})`);
      return `o-${id}`;
    },
    apply: (who, key, about = APPLICATION.about) =>
      house.call(contract.applyForVetting, who, {
        ...of(key),
        body: { ...APPLICATION, about },
      }),
    declare: async (who, key, conflict = false) =>
      house.call(contract.declareVettingInterest, who, {
        ...of(key),
        body: { round: (await read(who, key)).round, conflict },
      }),
    review: async (who, key, advice = 'recommend', score = 4) => {
      const { round, criteria } = await read(who, key);
      return house.call(contract.reviewProvider, who, {
        ...of(key),
        body: {
          ...{ round, advice, summary: `Dit vind ik: ${who.name}` },
          scores: criteria.map((one) => ({
            ...{ criterion: one.key, score, note: `Gezien door ${who.name}` },
          })),
        },
      });
    },
    judge: async (who, key, advice = 'recommend') => {
      house.clock.advance(1000);
      ok(await vetters.declare(who, key));
      ok(await vetters.review(who, key, advice, advice === 'recommend' ? 4 : 2));
    },
    decide: async (who, key, validUntil = '2027-06-30') =>
      house.call(contract.decideVetting, who, {
        ...of(key),
        body: { round: (await read(who, key)).round, reasons: 'Helder verhaal.', validUntil },
      }),
    vetted: async (who, key, [one, other], until) => {
      ok(await vetters.apply(who, key));
      await vetters.judge(one, key);
      await vetters.judge(other, key);
      ok(await vetters.decide(other, key, until));
    },
    sign: async (who, key, more = {}) => {
      const { version } = ok(await house.call(contract.readTerms, null, {}));
      const body = { version, name: who.name, agreed: true, ...more };
      return house.call(contract.signTerms, who, { ...of(key), body });
    },
    offer: async (who, key, more = {}) =>
      ok(
        await house.call(contract.draftListing, who, {
          body: {
            ...{ kind: 'offer', title: 'Oefenen na een heup', body: 'Drie keer, bij u thuis.' },
            ...{ theme: 'bewegen', area: 'hele-wijk', languages: ['nl'], shell: 3, mode: 'free' },
            organisation: key.startsWith('o-') ? key.slice(2) : null,
            ...more,
          },
        }),
      ).ref,
    submit: async (who, listing) =>
      ok(
        await house.call(contract.stepListing, who, {
          params: { listing },
          body: { step: 'submit' },
        }),
      ).state,
    publish: async (master, listing) => {
      const { version } = ok(
        await house.call(contract.reviewListing, master, { params: { listing } }),
      );
      return house.call(contract.decideListing, master, {
        params: { listing },
        body: { decision: 'publish', reason: null, note: '', version },
      });
    },
    policy: async (master, change) => {
      const setup = ok(await house.call(contract.readMarketSetup, master, {}));
      const policy = { ...DEFAULT_MARKET_POLICY, ...setup.policy, ...change };
      return ok(
        await house.call(contract.changeMarketPolicy, master, {
          body: { basedOn: setup.policyVersion, policy },
        }),
      ).version;
    },
  };
  return vetters;
}

import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { attachListing, detachListing } from './attach.ts';
import { linkQuestionAsked } from './links.ts';
import { marketOfQuestion } from './of-question.ts';

/** Between questions and the market (M9). */
export function registerMarketDialogue(app: App, s: Services): void {
  app.route(
    contract.readMarketOfQuestion,
    { policy: may('vraagbaak.read') },
    ({ actor, wijk, params }) => marketOfQuestion(s, actor, wijk, params.question),
  );
  const answering = { policy: may('vraagbaak.answer'), perMinute: 60 };
  app.route(contract.attachListing, answering, ({ actor, wijk, params }) =>
    attachListing(s, memberOf(actor), wijk, params),
  );
  app.route(contract.detachListing, answering, ({ actor, wijk, params }) =>
    detachListing(s, memberOf(actor), wijk, params),
  );
  app.route(
    contract.linkQuestionAsked,
    { policy: may('market.list'), perMinute: 60 },
    ({ actor, wijk, params, body }) =>
      linkQuestionAsked(s, memberOf(actor), wijk, params.listing, body.question),
  );
}

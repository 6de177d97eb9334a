import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { Related, searchQuestions, similarQuestions } from './queries.ts';
import { addSynonyms, changeSynonyms, readSynonyms, removeSynonyms } from './synonyms.ts';

/** Finding what was asked before. What somebody types is answered and kept nowhere. */
export function findingRoutes(app: App, s: Services): void {
  const policy = may('search.read');
  app.route(contract.searchQuestions, { policy, perMinute: 60 }, ({ wijk, query }) =>
    searchQuestions(s, wijk, query),
  );
  // asked after every pause in typing
  app.route(contract.similarQuestions, { policy, perMinute: 90 }, ({ wijk, body }) =>
    similarQuestions(s, wijk, body),
  );
  const related = new Related(s);
  app.route(contract.relatedQuestions, { policy }, ({ wijk, params }) =>
    related.of(wijk, params.question),
  );
}

/** Words that the redactie takes for the same. */
export function synonymRoutes(app: App, s: Services): void {
  const policy = may('search.synonyms');
  app.route(contract.listSynonyms, { policy }, ({ wijk }) => readSynonyms(s, wijk));
  app.route(contract.addSynonyms, { policy }, ({ actor, wijk, body, idempotencyKey }) =>
    addSynonyms(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.changeSynonyms, { policy }, ({ actor, wijk, params, body }) =>
    changeSynonyms(s, memberOf(actor), wijk, params.synonyms, body),
  );
  app.route(contract.removeSynonyms, { policy }, ({ actor, wijk, params, query }) =>
    removeSynonyms(s, memberOf(actor), wijk, params.synonyms, query.version),
  );
}

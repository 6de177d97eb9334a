import * as contract from '@wijk/contracts';
import { may, open } from '../../http/policy.ts';
import type { App } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { feedOf, openPart, openParts, openWijken } from './queries/open.ts';

/** What the rest of the web can use (V13). Nobody gets more here than a visitor does. */
export function openRoutes(app: App, s: Services): void {
  const policy = may('vraagbaak.read');
  app.route(contract.listOpenQuestions, { policy }, ({ wijk, query }) =>
    openPart(s, wijk, query.cursor),
  );
  app.route(contract.listOpenParts, { policy }, ({ wijk }) => openParts(s, wijk));
  app.route(contract.readFeed, { policy }, ({ wijk, query }) => feedOf(s, wijk, query.theme));
  app.route(
    contract.listOpenWijken,
    { policy: open('a crawler looks for the sitemaps of this host') },
    () => openWijken(s),
  );
}

import type { App } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { keepInStep } from './in-step.ts';
import { findingRoutes, synonymRoutes } from './routes.ts';

export { composeSearch } from './engine.ts';
export { reportOf, type SearchReport } from './in-step.ts';
export type { Search } from './search.ts';

export function registerSearch(app: App, services: Services): void {
  findingRoutes(app, services);
  synonymRoutes(app, services);
  keepInStep(services);
}

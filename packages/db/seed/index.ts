export {
  DEMONSTRATION_ACCOUNTS,
  DEMONSTRATION_WIJK,
  type DemonstrationAccount,
} from './accounts.ts';
export { type BulkOptions, seedBulk } from './bulk.ts';
export { seedDemonstration } from './demonstration.ts';
export { createWijk, type NewWijk, THEMES, type WijkRow } from './wijk.ts';

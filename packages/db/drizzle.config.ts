import { defineConfig } from 'drizzle-kit';

/** `sealed` is left out on purpose: its tables exist only behind functions, written by hand. */
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./packages/db/src/*/*tables.ts', './packages/search/src/tables.ts'],
  out: './packages/db/migrations',
  schemaFilter: [
    'kernel',
    'wijk',
    'identity',
    'vraagbaak',
    'notifications',
    'demonstration',
    'search',
    'ledger',
    'wallet',
    'market',
  ],
});

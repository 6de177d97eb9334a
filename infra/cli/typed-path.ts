import { resolve } from 'node:path';

/** A path as it was typed: npm and pnpm run a command elsewhere than where it was typed. */
export const typedPath = (typed: string): string =>
  resolve(process.env.INIT_CWD ?? process.cwd(), typed);

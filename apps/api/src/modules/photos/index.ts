/** What photos of questions and of listings share: made anew, one at a time, and served. Their rows are their module's. */
export { PhotoRoom } from './receive.ts';
export { allowKeeping, sendPhoto } from './send.ts';

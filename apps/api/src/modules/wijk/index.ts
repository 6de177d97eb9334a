export { registerWijk } from './routes.ts';
export { type Wijk, Wijken } from './wijken.ts';

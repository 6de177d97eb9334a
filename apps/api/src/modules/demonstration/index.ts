export { type Mailbox, startMailbox } from './mailbox.ts';
export { registerDemonstration } from './routes.ts';

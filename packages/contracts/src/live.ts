import { z } from 'zod';

/** Topics of the WebSocket at `/live?wijk=<slug>`; each is authorised when it is subscribed to. */
export const liveRequest = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('subscribe'),
    topic: z
      .string()
      .max(40, { abort: true })
      .regex(/^(desk|me|question:[0-9a-hjkmnp-tv-z]{8})$/),
  }),
  z.strictObject({ type: z.literal('unsubscribe'), topic: z.string().max(40, { abort: true }) }),
]);
export type LiveRequest = z.output<typeof liveRequest>;

/** Carries no content: whoever may see it reads the state anew. */
export type LiveMessage =
  | { type: 'subscribed'; topic: string }
  | { type: 'refused'; topic: string; code: string }
  | { type: 'changed'; topic: string; ref: string | null; kind: string };

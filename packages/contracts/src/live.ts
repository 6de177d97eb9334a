import { z } from 'zod';
import { questionRef } from './shared.ts';

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
  /**
   * For whoever watches the desk: the question in my reading pane, so that others see that I am at it.
   * It ends with the subscription. Say it at most once a second.
   */
  z.strictObject({ type: z.literal('viewing'), ref: questionRef.nullable() }),
]);
export type LiveRequest = z.output<typeof liveRequest>;

/**
 * Carries no content: whoever may see it reads the state anew. `presence` goes to those who watch the
 * desk: all other editors of the wijk who have a question before them, each time the whole list.
 */
export type LiveMessage =
  | { type: 'subscribed'; topic: string }
  | { type: 'refused'; topic: string; code: string }
  | { type: 'changed'; topic: string; ref: string | null; kind: string }
  | { type: 'presence'; viewers: { name: string; ref: string }[] };

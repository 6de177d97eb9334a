import { z } from 'zod';

/** Nothing is taken: any field is refused. */
export const none = z.strictObject({});
/** The body of an operation that has none. */
export const noBody = z.undefined();
/** The reply of a 204. */
export const noReply = z.void();
/** The reply of an operation that sends bytes. */
export const bytesReply = z.custom<Uint8Array>();

/** A moment in UTC, RFC 3339. */
export const instant = z.string().max(40, { abort: true }).meta({ format: 'date-time' });

export const wijkSlug = z
  .string()
  .max(40, { abort: true })
  .regex(/^[a-z0-9-]+$/);

/** The short public reference of a question: eight characters of Crockford's base 32. */
export const questionRef = z
  .string()
  .max(8, { abort: true })
  .regex(/^[0-9a-hjkmnp-tv-z]{8}$/);

export const uuid = z.string().max(36, { abort: true }).pipe(z.uuid());

export const inWijk = z.strictObject({ wijk: wijkSlug });
export const ofQuestion = z.strictObject({ wijk: wijkSlug, question: questionRef });

/** What stands in the link of a mail to an expert. */
export const linkToken = z
  .string()
  .max(120, { abort: true })
  .regex(/^[A-Za-z0-9_.-]+$/);

/** Cursors are opaque to the client. */
export const page = z.strictObject({
  cursor: z
    .string()
    .max(200, { abort: true })
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

export const email = z.string().trim().min(1).max(254, { abort: true }).pipe(z.email());

export const themeView = z.object({ slug: z.string(), name: z.string() });

import { z } from 'zod';

/** RFC 9457, with the code that pages translate and every field at fault. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** reference of the request; the same in the log */
  instance: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  errors: z
    .array(
      z.object({
        /** equals the field's name in the form */
        pointer: z.string(),
        code: z.string(),
        detail: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    )
    .max(10),
});
export type Problem = z.output<typeof problem>;

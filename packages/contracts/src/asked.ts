import {
  CONSENT_VERSION_MAX,
  missingConsent,
  QUESTION_BODY_MAX,
  QUESTION_TITLE_MAX,
  QUESTION_TITLE_MIN,
} from '@wijk/domain/vraagbaak';
import { z } from 'zod';

/** What somebody asks, in every operation that takes it. */
export const askedText = {
  title: z.string().trim().min(QUESTION_TITLE_MIN).max(QUESTION_TITLE_MAX, { abort: true }),
  body: z.string().trim().max(QUESTION_BODY_MAX, { abort: true }).default(''),
  theme: z
    .string()
    .max(40, { abort: true })
    .regex(/^[a-z0-9-]+$/),
};

export const askedHealth = {
  /** it tells of the health of the asker or of somebody else */
  health: z.boolean().default(false),
  /** version of the words that were agreed to, as `health-1.nl`; needed where `health` is said */
  consent: z
    .string()
    .max(CONSENT_VERSION_MAX, { abort: true })
    .regex(/^[a-z0-9.-]+$/)
    .optional(),
};

/** Consent is missed at its own field, together with every other fault. */
export function withConsent<S extends z.ZodType<{ health: boolean; consent?: string | undefined }>>(
  schema: S,
): S {
  return schema.superRefine(refuse, { when: () => true }) as S;
}

type Refine = Parameters<
  z.ZodType<{ health: boolean; consent?: string | undefined }>['superRefine']
>[0];

const refuse: Refine = (asked: unknown, context) => {
  // checked whatever else is wrong, so it may be anything at all
  if (typeof asked !== 'object' || asked === null) return;
  const { health, consent } = asked as { health?: unknown; consent?: unknown };
  const error = missingConsent({
    health: health === true,
    consent: typeof consent === 'string' ? consent : undefined,
  });
  if (error)
    context.addIssue({ code: 'custom', path: [error.pointer], params: { code: error.code } });
};

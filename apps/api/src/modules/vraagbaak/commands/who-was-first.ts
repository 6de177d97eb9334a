import { readLastAction } from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

/** Refusals because somebody was first, and which action it then was. */
const OVERTAKEN: Readonly<Record<string, 'any' | 'closing' | 'assign'>> = {
  'vraagbaak.changed-meanwhile': 'any',
  'vraagbaak.undo-overtaken': 'any',
  'vraagbaak.question-closed': 'closing',
  'vraagbaak.already-assigned': 'assign',
};

interface DeskCall {
  wijk: Wijk;
  params: { question?: string; action?: string };
}

/**
 * For every change at the desk: where somebody was first, the refusal says who and what they did
 * (V6, "one wins, the other is told what happened"), in the parameters `name` and `kind`.
 */
export function tellingWhoWasFirst<C extends DeskCall, T>(
  services: Services,
  handle: (call: C) => Promise<T>,
): (call: C) => Promise<T> {
  return async (call) => {
    try {
      return await handle(call);
    } catch (error) {
      throw await named(services, call, error);
    }
  };
}

/** Read after the transaction was given up, so that what the other did is there to be read. */
async function named(services: Services, { wijk, params }: DeskCall, error: unknown) {
  if (!(error instanceof DomainError) || error.params.name !== undefined) return error;
  const which = OVERTAKEN[error.code];
  const { question, action } = params;
  const where = question ? { ref: question } : action ? { actionId: action } : undefined;
  if (!which || !where) return error;
  const last = await readLastAction(services.db, wijk.id, where, which);
  if (!last) return error;
  return new DomainError(error.kind, error.code, { params: { ...last }, errors: error.errors });
}

import { DomainError } from '@wijk/domain/kernel';
import type { Place } from '@wijk/domain/market';
import { z } from 'zod';

const position = z.tuple([z.iso.datetime(), z.uuid()]);
const place = z.tuple([z.number().int(), z.number().int(), z.uuid()]);

const write = (parts: readonly unknown[]) =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

function read<T>(cursor: string | undefined, shape: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'cursor', code: 'invalid' }],
    });
  }
}

/** Where a list by moment goes on. @throws `kernel.invalid` */
export function positionOf(cursor: string | undefined): { at: Date; id: string } | null {
  const found = read(cursor, position);
  return found && { at: new Date(found[0]), id: found[1] };
}
export const writePosition = ({ at, id }: { at: Date; id: string }): string =>
  write([at.toISOString(), id]);

/** Where a list by worth goes on. @throws `kernel.invalid` */
export function placeIn(cursor: string | undefined): Place | null {
  const found = read(cursor, place);
  return found && { worth: found[0], publishedAt: found[1], id: found[2] };
}
export const writePlace = ({ worth, publishedAt, id }: Place): string =>
  write([worth, publishedAt, id]);

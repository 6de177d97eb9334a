import { createHash } from 'node:crypto';
import { uuidOfHex } from '@wijk/domain/kernel';

/** What the clock acts on: an order, or a series. */
interface Standing {
  wijkId: string;
  id: string;
  version: number;
}

/** The press of the clock on something as it stands: the same whichever worker makes it (UUID version 8). */
export function pressOfClock({ wijkId, id, version }: Standing): string {
  const bytes = createHash('sha256').update(`clock\n${wijkId}\n${id}\n${version}`).digest();
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return uuidOfHex(bytes.subarray(0, 16).toString('hex'));
}

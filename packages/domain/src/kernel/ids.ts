/**
 * UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits. Sorts by time of making, so it
 * keeps b-tree inserts at the right-hand side of the index.
 */
export function uuidv7(now: Date): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const ms = now.getTime();
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return uuidOfHex(hex);
}

/** A UUID as it is written, from its 32 hexadecimal digits. */
export function uuidOfHex(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** UUIDv4. Ids of questions use this: a v7 id would tell when its maker sat down to write. */
export function randomUuid(): string {
  return crypto.randomUUID();
}

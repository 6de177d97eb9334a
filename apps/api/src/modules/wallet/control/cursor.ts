/** Milliseconds, up to the year 5138, and a UUID. */
const CURSOR = /^(\d{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const cursorOf = ({ at, id }: { at: Date; id: string }): string =>
  Buffer.from(`${at.getTime()}.${id}`).toString('base64url');

/** A cursor that is not ours starts from the beginning. */
export function readCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const match = cursor && CURSOR.exec(Buffer.from(cursor, 'base64url').toString());
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : undefined;
}

/**
 * The question to go on with. When the current one has just left the queue, that is the one which
 * took its place (`lastAt`); after the last one it is the first again, which has least time left.
 */
export function nextOf(
  refs: readonly string[],
  current: string | null,
  lastAt: number,
): string | null {
  const at = current === null ? -1 : refs.indexOf(current);
  if (at === -1) return refs[Math.min(Math.max(lastAt, 0), refs.length - 1)] ?? null;
  return refs[at + 1] ?? refs.find((ref) => ref !== current) ?? null;
}

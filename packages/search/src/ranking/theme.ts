export interface ThemeProposal {
  theme: string;
  /** 0 to 1: how much of what the nearest questions say points to this theme */
  confidence: number;
}

const NEIGHBOURS = 20;
/** How much more the nearest say than those that are less near. */
const SHARPNESS = 3;
/** A title alone is near to more by chance, so its neighbours must agree more: a wrong theme costs trust. */
const SURE_ENOUGH = { title: 0.58, text: 0.52 } as const;

/** The theme that most of the nearest questions have; null where they disagree. Best come first. */
export function themeOf(
  ranked: readonly { theme: string; score: number }[],
  of: 'title' | 'text',
): ThemeProposal | null {
  const nearest = ranked.slice(0, NEIGHBOURS);
  const votes = new Map<string, number>();
  let all = 0;
  for (const { theme, score } of nearest) {
    const vote = score ** SHARPNESS;
    votes.set(theme, (votes.get(theme) ?? 0) + vote);
    all += vote;
  }
  const [best] = [...votes].sort(([, a], [, b]) => b - a);
  if (!best || all === 0) return null;
  const confidence = best[1] / all;
  return confidence >= SURE_ENOUGH[of] ? { theme: best[0], confidence } : null;
}

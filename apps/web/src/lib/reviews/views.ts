/** A review in words. */
export interface ReviewText {
  id: string;
  stars: number;
  /** 'Goed' */
  label: string;
  body: string;
  when: string;
  reply: { who: string; body: string } | null;
  /** what the market master did about it */
  notes: string[];
}

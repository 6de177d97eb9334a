import type { ComplaintStep } from '@wijk/domain/market';
import { query } from '#lib/paths.ts';

/** What one does with a complaint on a page of its own. */
export const COMPLAINT_ACTS = {
  gelezen: 'acknowledge',
  antwoorden: 'answer',
  goed: 'satisfied',
  'niet-goed': 'unsatisfied',
  bemiddeling: 'unanswered',
  voorstel: 'propose',
  bestuur: 'escalate',
  beslissen: 'decide',
  verlengen: 'extend',
  toevoegen: 'add',
  intrekken: 'withdraw',
} as const satisfies Record<string, ComplaintStep>;
export type ComplaintAct = keyof typeof COMPLAINT_ACTS;

/** Addresses of complaints; apart, so that readers of questions don't load them. */
export function complaintPaths(base: string) {
  const at = `${base}/klachten`;
  return {
    complaints: () => at,
    complaint: (ref: string) => `${at}/${ref}`,
    complaintAct: (ref: string, act: ComplaintAct) => `${at}/${ref}/${act}`,
    /** of an order, or of who helps */
    newComplaint: (of: { order: string } | { provider: string }) =>
      `${at}/nieuw${query('order' in of ? { afspraak: of.order } : { aanbieder: of.provider })}`,
    masterComplaints: () => `${base}/marktmeester/klachten`,
    /** who decides for an organisation in the end */
    complaintBoard: (organisation: string, to?: string | null) =>
      `${base}/organisaties/${organisation}/klachten${query({ aan: to })}`,
  };
}

export type ComplaintPaths = ReturnType<typeof complaintPaths>;

import type { Executor } from '@wijk/db/kernel';
import { findComplaint, listComplaintEvents } from '@wijk/db/market';
import { type ComplaintActor, TURN } from '@wijk/domain/market';
import { membersOf } from '../orders/sides.ts';
import { aboutOf, complainantOf, deciderOf } from './roles.ts';

/** What there is to tell of a step: whom it concerns, never what it is about. */
export interface ComplaintNews {
  ref: string;
  /** of the complaint now; another number than that of the step: it went on since */
  version: number;
  step: string;
  by: string | null;
  /** whose turn it is after the step */
  turn: ComplaintActor | null;
  over: boolean;
  complainant: string[];
  provider: string[];
  /** who decides; null: the admins */
  decider: string | null;
}

/** Undefined: there is no such step. */
export async function complaintNews(
  db: Executor,
  wijkId: string,
  id: string,
  nr: number,
): Promise<ComplaintNews | undefined> {
  const complaint = await findComplaint(db, wijkId, { id });
  const events = complaint ? await listComplaintEvents(db, wijkId, id) : [];
  const event = events.find((one) => one.nr === nr);
  if (!complaint || !event) return undefined;
  const state = event.state as keyof typeof TURN;
  const [complainant, provider, decider] = await Promise.all([
    membersOf(db, wijkId, complainantOf(complaint)),
    membersOf(db, wijkId, aboutOf(complaint)),
    deciderOf(db, complaint, events),
  ]);
  return {
    ...{ ref: complaint.ref, version: complaint.version, step: event.step, by: event.by },
    ...{ turn: TURN[state], over: state === 'closed', complainant, provider, decider },
  };
}

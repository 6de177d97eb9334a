import { markMailRefused } from '@wijk/db/vraagbaak';
import type { Subscriber } from '../../../services.ts';
import { hintQuestion } from '../standing.ts';

/** The expert's mail was refused: the desk sees that somebody has to reach them another way. */
export const onMailRefused: Subscriber = async (tx, { wijkId, payload }, { clock }) => {
  const question = await markMailRefused(tx, wijkId, payload.assignmentId ?? '', clock.now());
  if (question) await hintQuestion(tx, wijkId, question, 'assignment');
};

import type { PageTexts } from '@wijk/i18n';
import type { Stage } from './view.ts';

/** The one main thing to do at a question, by how it stands. */
export type Main =
  | 'claim'
  | 'publish'
  | 'dismiss'
  | 'urgent'
  | 'endorse'
  | 'decide'
  | 'answer'
  | 'next';

const MAIN: Readonly<Record<Stage, Main>> = {
  closed: 'next',
  duplicate: 'next',
  appealed: 'decide',
  taken: 'next',
  urgent: 'urgent',
  held: 'publish',
  hidden: 'publish',
  flagged: 'dismiss',
  waiting: 'next',
  answered: 'next',
  'to-check': 'endorse',
  mine: 'answer',
  assigned: 'next',
  free: 'claim',
};

/** At a question of one's own a colleague acts: one goes on. */
export const mainOf = (stage: Stage, own: boolean): Main =>
  own && (stage === 'free' || stage === 'mine') ? 'next' : MAIN[stage];

/** Forms of one button, by their id: the bar at the bottom of a phone presses them too. */
export const FORM_ID = {
  claim: 'doe-oppakken',
  publish: 'doe-plaatsen',
  dismiss: 'doe-niets-mis',
  urgent: 'doe-gezien',
} as const;

export const hasForm = (main: Main): main is keyof typeof FORM_ID => main in FORM_ID;

/** The short word of the main thing, for the bar. */
export function shortOf(main: Main, stage: Stage, w: PageTexts['desk']['bar']): string {
  if (main === 'endorse') return w.check;
  if (main === 'publish') return stage === 'hidden' ? w.show : w.publish;
  return w[main];
}

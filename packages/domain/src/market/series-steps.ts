import { DomainError } from '../kernel/index.ts';
import { otherSide, type Side, type StepActor } from './order.ts';

/*
 * The steps of a series as data, like those of an order: who may take it, from where to where, and whose answer is
 * awaited then. Only a new price asks for an answer; all else of a series was agreed at its first time.
 */
export const SERIES_STATES = [
  /** its first time is asked for; both agree to that as to any order */
  'asked',
  'running',
  'ended',
] as const;
export type SeriesState = (typeof SERIES_STATES)[number];

/** Why one ended. */
export const SERIES_ENDINGS = ['not-agreed', 'done', 'stopped'] as const;
export type SeriesEnding = (typeof SERIES_ENDINGS)[number];

interface SeriesRule {
  from: SeriesState;
  to: SeriesState;
  by: 'either' | 'awaited' | 'proposer' | 'free' | 'order' | 'clock';
  /** whose answer is awaited afterwards: as it was, the other side's, or nobody's */
  awaits: 'same' | 'other' | null;
}

export const SERIES_STEPS = {
  /** both agreed to the first time */
  begin: { from: 'asked', to: 'running', by: 'order', awaits: null },
  /** nothing came of the first time */
  fall: { from: 'asked', to: 'ended', by: 'order', awaits: null },
  /** one time is left out */
  skip: { from: 'running', to: 'running', by: 'either', awaits: 'same' },
  /** no time from the end of a term on */
  stop: { from: 'running', to: 'running', by: 'either', awaits: null },
  /** another price for the times that are still to be made */
  propose: { from: 'running', to: 'running', by: 'free', awaits: 'other' },
  agree: { from: 'running', to: 'running', by: 'awaited', awaits: null },
  refuse: { from: 'running', to: 'running', by: 'awaited', awaits: null },
  'take-back': { from: 'running', to: 'running', by: 'proposer', awaits: null },
  /** the clock makes an order of the next time */
  make: { from: 'running', to: 'running', by: 'clock', awaits: 'same' },
  /** the credits cannot be set aside yet: it is tried again */
  wait: { from: 'running', to: 'running', by: 'clock', awaits: 'same' },
  /** nothing came of a time, and the series goes on */
  miss: { from: 'running', to: 'running', by: 'clock', awaits: 'same' },
  finish: { from: 'running', to: 'ended', by: 'clock', awaits: null },
} as const satisfies Record<string, SeriesRule>;
export type SeriesStep = keyof typeof SERIES_STEPS;

export const seriesSteps = Object.keys(SERIES_STEPS) as SeriesStep[];

/** What people press, as against what follows from the first time or from the clock. */
export const SERIES_PRESSES = ['skip', 'stop', 'propose', 'agree', 'refuse', 'take-back'] as const;
export type SeriesPress = (typeof SERIES_PRESSES)[number];
/** What the market master can do for somebody: what ends something, never what it costs. */
export const MASTER_SERIES_PRESSES = ['skip', 'stop'] as const;

export interface SeriesStanding {
  state: SeriesState;
  /** who has to answer to a new price */
  awaiting: Side | null;
  /** from when on there are no times any more; null: nobody stopped it */
  stopsAt: Date | null;
  /** a free series has no price to change */
  mode: string;
}

/** Whether this actor may take this step now. `order`: the first time takes it along. */
export function mayStepSeries(
  series: SeriesStanding,
  step: SeriesStep,
  actor: StepActor | 'order',
): boolean {
  const rule: SeriesRule = SERIES_STEPS[step];
  if (rule.from !== series.state) return false;
  if (series.stopsAt !== null && (step === 'stop' || step === 'propose')) return false;
  if (actor === 'order' || actor === 'clock') return rule.by === actor;
  if (actor === 'master') return MASTER_SERIES_PRESSES.some((one) => one === step);
  switch (rule.by) {
    case 'either':
      return true;
    case 'awaited':
      return series.awaiting === actor;
    case 'proposer':
      return series.awaiting === otherSide(actor);
    case 'free':
      return series.mode !== 'free' && series.awaiting === null;
    default:
      return false;
  }
}

export const seriesStepsFor = (series: SeriesStanding, actor: StepActor): SeriesPress[] =>
  SERIES_PRESSES.filter((step) => mayStepSeries(series, step, actor));

/**
 * Where the series stands after a step.
 * @throws `market.series-not-now` {state}, `market.step-not-yours`
 */
export function afterSeriesStep(
  series: SeriesStanding,
  step: SeriesStep,
  actor: StepActor | 'order',
): Pick<SeriesStanding, 'state' | 'awaiting'> {
  const rule: SeriesRule = SERIES_STEPS[step];
  if (rule.from !== series.state || (series.stopsAt !== null && step === 'stop'))
    throw new DomainError('conflict', 'market.series-not-now', { params: { state: series.state } });
  if (!mayStepSeries(series, step, actor))
    throw new DomainError('forbidden', 'market.step-not-yours');
  const other = actor === 'receiver' || actor === 'helper' ? otherSide(actor) : null;
  const awaiting =
    rule.awaits === 'same' ? series.awaiting : rule.awaits === 'other' ? other : null;
  return { state: rule.to, awaiting };
}

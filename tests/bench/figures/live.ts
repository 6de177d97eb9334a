import type { Sample } from '../load/plan.ts';
import { alternate, median } from '../rounds.ts';
import { type Row, rowOf } from '../row.ts';
import { WIJK } from '../site.ts';
import type { Stage } from '../stage.ts';

const SOCKETS = 100;

/** From sending an answer to its message on a hundred sockets, beside the reply to the sender. */
export async function live(stage: Stage): Promise<Row[]> {
  const [size = 1000] = stage.options.sizes;
  const { app, openRef, members, settle } = await stage.site(size);
  const [measured] = await alternate(
    stage.load,
    [
      {
        name: `answer sent until heard on ${SOCKETS} sockets`,
        pid: app.pid,
        warmReplies: 1000,
        plan: (seconds) => ({
          kind: 'live',
          url: app.url,
          wijk: WIJK,
          question: openRef,
          sockets: SOCKETS,
          cookies: members,
          seconds,
          connections: SOCKETS,
        }),
        settle: async () => {
          await settle();
        },
      },
    ],
    stage.options,
  );
  if (!measured) throw new Error('nothing was measured');
  const over = (measure: (sample: Sample) => number | undefined) =>
    median(measured.samples.map((sample) => measure(sample) ?? Number.NaN));
  const reply = over((sample) => sample.reply?.p50);
  const more = { unit: 'ms' as const, rounds: measured.samples.map((sample) => sample.p50) };
  return [
    {
      figure: 'live',
      what: 'answer sent until its own reply',
      value: reply,
      unit: 'ms',
      p50: reply,
      p99: over((sample) => sample.reply?.p99),
    },
    rowOf('live', measured, {
      ...more,
      value: measured.p50,
      ratio: over((sample) => sample.p50 / (sample.reply?.p50 ?? Number.NaN)),
      against: 'its own reply',
    }),
  ];
}

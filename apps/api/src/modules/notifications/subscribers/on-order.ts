import { addNotice, listHolders } from '@wijk/db/notifications';
import { type OrderStep, SIDES, type Side } from '@wijk/domain/market';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services, Subscriber } from '../../../services.ts';
import { type OrderNews, orderNews } from '../../market/index.ts';
import type { OrderTemplate } from '../kinds.ts';
import { member } from './tell.ts';

type Tx = Parameters<Subscriber>[0];
type Event = Parameters<Subscriber>[1];

/** Said in the app alone: that the next time of a series stands, as was agreed long ago. */
type Quiet = 'order-repeated';
type Told = OrderTemplate | Quiet;

/** What the other side of a step is told. */
const TOLD: Readonly<Record<OrderStep | 'request' | 'repeat', Told>> = {
  request: 'order-requested',
  repeat: 'order-repeated',
  counter: 'order-countered',
  accept: 'order-agreed',
  decline: 'order-ended',
  withdraw: 'order-ended',
  lapse: 'order-ended',
  cancel: 'order-ended',
  'cancel-late': 'order-ended',
  'run-out': 'order-ended',
  deliver: 'order-delivered',
  confirm: 'order-completed',
  'confirm-late': 'order-completed',
  dispute: 'order-disputed',
  settle: 'order-settled',
  refund: 'order-refunded',
};

/** Who of a side is told what; undefined: they took the step themselves. */
function toldTo(side: Side, { actor, side: of, step }: OrderNews): Told | undefined {
  if (actor === side) return undefined;
  if (actor === 'master' && of === side) return 'order-stood-in';
  return TOLD[step];
}

async function tellOne(
  tx: Tx,
  { wijkId, eventId, payload }: Event,
  { clock }: Services,
  membershipId: string,
  { kind, mail }: { kind: Told; mail: boolean },
): Promise<void> {
  const now = clock.now();
  const reader = member(membershipId);
  await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: reader }, now);
  if (mail && kind !== 'order-repeated')
    await queueMail(
      tx,
      { wijkId, for: reader, template: kind, params: payload, cause: eventId },
      now,
    );
}

/** Both sides are told, less who pressed; of a dispute the market masters as well, who are at neither side. */
export const onOrderStepped: Subscriber = async (tx, event, services) => {
  const { orderId = '', nr = '' } = event.payload;
  const news = await orderNews(tx, event.wijkId, orderId, Number(nr));
  if (!news) return;
  const told = new Set<string>(news.by === null ? [] : [news.by]);
  for (const side of SIDES) {
    const kind = toldTo(side, news);
    if (!kind) continue;
    for (const id of news[side].members) {
      if (told.has(id)) continue;
      told.add(id);
      // whoever was paid themselves has the mail of their wallet
      const hasMail = kind === 'order-completed' && side === 'helper' && news.paidToMember;
      await tellOne(tx, event, services, id, { kind, mail: !hasMail });
    }
  }
  if (news.step !== 'dispute') return;
  const atSides = SIDES.flatMap((side) => news[side].members);
  const now = services.clock.now();
  for (const id of await listHolders(tx, event.wijkId, ['market-master'], now))
    if (!atSides.includes(id) && id !== news.by)
      await tellOne(tx, event, services, id, { kind: 'order-to-settle', mail: true });
};

/** The receiver, whose credits are too few for what the other side agreed to; nobody else learns it by this. */
export const onReceiverShort: Subscriber = async (tx, event, services) => {
  const { orderId = '', nr = '' } = event.payload;
  const news = await orderNews(tx, event.wijkId, orderId, Number(nr));
  if (!news || news.version !== Number(nr)) return;
  for (const id of news.receiver.members)
    await tellOne(tx, event, services, id, { kind: 'order-short', mail: true });
};

/**
 * A wallet holds up what the clock was to do: whose it is learns that, the other side that it is not done yet, and the
 * treasurers that there is one. Nobody but them learns whose wallet stands still.
 */
export const onOrderHeldUp: Subscriber = async (tx, event, services) => {
  const { orderId = '' } = event.payload;
  const news = await orderNews(tx, event.wijkId, orderId, Number(event.payload.nr));
  if (!news?.heldUpSide) return;
  const { wijkId, eventId } = event;
  const now = services.clock.now();
  const tell = (id: string, kind: 'order-frozen' | 'order-held-up' | 'orders-held-up') =>
    addNotice(tx, { wijkId, eventId, questionId: null, kind, for: member(id) }, now);
  for (const side of SIDES)
    for (const id of news[side].members)
      await tell(id, side === news.heldUpSide ? 'order-frozen' : 'order-held-up');
  for (const id of await listHolders(tx, wijkId, ['treasurer'], now))
    await tell(id, 'orders-held-up');
};

/** Both sides, the day before what they agreed to; nothing where somebody took a step since. */
export const onOrderNear: Subscriber = async (tx, event, services) => {
  const { orderId = '', nr = '' } = event.payload;
  const news = await orderNews(tx, event.wijkId, orderId, Number(nr));
  if (!news || news.version !== Number(nr)) return;
  for (const id of new Set(SIDES.flatMap((side) => news[side].members)))
    await tellOne(tx, event, services, id, { kind: 'order-near', mail: true });
};

import { z } from 'zod';
import { defineContract } from './define.ts';
import { orderParty } from './market-order-views.ts';
import { instant, inWijk, noBody, none } from './shared.ts';
import { creditUnit, minorUnits } from './wallet.ts';

export const listHeldUpOrders = defineContract({
  id: 'listHeldUpOrders',
  tag: 'market',
  summary: 'Whose wallet holds up an order, since when and how much waits; never what it is about',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/held-up',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    unit: creditUnit,
    /** the longest first */
    items: z.array(
      z.object({
        id: z.string(),
        /** whose wallet it is */
        holder: orderParty,
        /** what is set aside and waits */
        amount: minorUnits,
        since: instant,
        /** when it is tried again */
        nextTry: instant,
      }),
    ),
  }),
});

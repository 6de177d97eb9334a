import type { QueryOf, ReplyOf, readFreeTimes as timesContract } from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import {
  type AgendaOfListing,
  type ListingForOrder,
  listBusy,
  listExceptions,
  listingForOrder,
  readAgenda,
} from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import {
  AGENDA_DEFAULT,
  type AgendaNow,
  agendaWindow,
  freeSlots,
  momentFault,
  type OrderTerms,
} from '@wijk/domain/market';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

type Offer = Pick<ListingForOrder, 'id' | 'membershipId' | 'organisationId' | 'places'>;
type Needed = Pick<Services, 'clock'>;

/** What the domain needs to know to say which times are free. */
async function nowOf(
  { clock }: Needed,
  db: Executor,
  wijk: Wijk,
  offer: Offer,
  agenda: AgendaOfListing,
): Promise<AgendaNow> {
  const now = clock.now();
  const { timeZone } = wijk;
  const exceptions = await listExceptions(db, wijk.id, [offer], localDateOf(now, timeZone));
  const { until } = agendaWindow(agenda, now, timeZone);
  const busy = await listBusy(db, wijk.id, offer, { from: now, until });
  return {
    ...{ exceptions, now, timeZone, places: offer.places },
    busy: busy.map(({ startsAt, endsAt, listingId, places, session, orderId }) => ({
      ...{ startsAt, endsAt, places },
      // what was agreed before it was for a group stands by itself
      same: listingId === offer.id && session !== orderId,
    })),
  };
}

/**
 * The times that can be chosen of an offer that stands on the market; none where its provider lets nobody choose.
 * @throws `market.listing-not-found`, `market.listing-closed`
 */
export async function freeTimes(
  services: Services,
  wijk: Wijk,
  ref: string,
  { days }: QueryOf<typeof timesContract>,
): Promise<ReplyOf<typeof timesContract>> {
  const { db } = services;
  const listing = await listingForOrder(db, wijk.id, { ref });
  if (!listing || listing.state === 'draft' || listing.state === 'review')
    throw new DomainError('not-found', 'market.listing-not-found');
  if (listing.state !== 'published') throw new DomainError('gone', 'market.listing-closed');
  const agenda = await readAgenda(db, wijk.id, listing.id);
  const { places } = listing;
  if (!agenda?.isOn || listing.kind !== 'offer')
    return { isOn: false, slotMinutes: AGENDA_DEFAULT.slotMinutes, places, days: [] };
  const free = freeSlots(agenda, await nowOf(services, db, wijk, listing, agenda));
  return {
    ...{ isOn: true, slotMinutes: agenda.slotMinutes, places },
    days: free.slice(0, days).map(({ date, slots }) => ({
      date,
      slots: slots.map(({ startsAt, endsAt, left }) => ({
        ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), left },
      })),
    })),
  };
}

/**
 * Refuses a moment that cannot be chosen, at its field, for whoever asks for an offer with times. The helper may
 * propose any moment: it is their own calendar. What two agree to at once is kept apart by the database.
 * @throws `kernel.invalid`
 */
export async function assertMomentFree(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  offer: Offer & Pick<ListingForOrder, 'kind'>,
  { startsAt, minutes, places }: Pick<OrderTerms, 'startsAt' | 'minutes' | 'places'>,
): Promise<void> {
  if (startsAt === null || offer.kind !== 'offer') return;
  const agenda = await readAgenda(db, wijk.id, offer.id);
  if (!agenda?.isOn) return;
  const given = await nowOf(services, db, wijk, offer, agenda);
  const fault = momentFault(agenda, { startsAt, minutes, places }, given);
  if (fault) throw new DomainError('invalid', 'kernel.invalid', { errors: [fault] });
}

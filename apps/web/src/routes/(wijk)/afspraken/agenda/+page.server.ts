import { redirect } from '@sveltejs/kit';
import {
  addAgendaException,
  dropAgendaException,
  readCalendar,
} from '@wijk/contracts/market-appointments';
import { dropCalendarFeed, makeCalendarFeed } from '@wijk/contracts/market-calendar-files';
import { localDateOf } from '@wijk/domain/wijk';
import { pageTexts, plural } from '@wijk/i18n';
import { agendaPaths } from '#lib/agenda/paths.ts';
import { api } from '#lib/server/api.ts';
import { appointmentDays, exceptionIn, exceptionLines } from '#lib/server/calendar.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { agoText, speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(readCalendar, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { data } = outcome;
  const say = await speaker(locals);
  const texts = pageTexts(locals.locale, 'calendar');
  return {
    texts,
    orders: pageTexts(locals.locale, 'order'),
    key: crypto.randomUUID(),
    today: localDateOf(say.now, say.timeZone),
    days: appointmentDays(data, say, texts, pageTexts(locals.locale, 'orders')),
    exceptions: exceptionLines(data, say, texts),
    offers: data.offers,
    organisations: data.organisations.map(({ id, name }) => ({ value: id, label: name })),
    feed: data.feed && {
      titles: data.feed.titles,
      made: agoText(data.feed.madeAt, say),
    },
  };
};

export const actions: Actions = {
  dagen: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'calendar');
    const labels: Record<string, string> = {
      ...{ firstDay: w.firstDay, lastDay: w.lastDay, from: w.from, until: w.until },
    };
    const place: Place = (pointer) => {
      // a last day that was left empty is the first one
      const field = pointer === 'lastDay' && values.lastDay === '' ? 'firstDay' : pointer;
      const label = labels[field];
      return label === undefined ? { field } : { field, label };
    };
    const { voor = '', key = '' } = values;
    const added = await api(event)(addAgendaException, {
      params: { wijk: locals.slug },
      body: { ...exceptionIn(values), as: isUuid(voor) ? voor : null },
      idempotencyKey: key,
    });
    if (!added.ok) return refused(event, 'days', values, added, place);
    const { inTheWay } = added.data;
    if (inTheWay === 0) setFlash(event, 'page.calendar.added');
    else
      setFlash(event, 'page.calendar.addedInTheWay', {
        appointments: plural(locals.locale, 'page.calendar.appointmentsCount', inTheWay),
      });
    redirect(303, agendaPaths(locals.base).calendar());
  },
  weg: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const dropped = await api(event)(dropAgendaException, {
      params: { wijk: locals.slug, exception: values.id ?? '' },
    });
    if (!dropped.ok) return refused(event, 'drop', values, dropped);
    setFlash(event, 'page.calendar.dropped');
    redirect(303, agendaPaths(locals.base).calendar());
  },
  /** the address is told this once: it is not kept */
  adres: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const made = await api(event)(makeCalendarFeed, {
      params: { wijk: locals.slug },
      body: { titles: values.titels === 'ja' },
    });
    if (!made.ok) return refused(event, 'feed', values, made);
    const { wijk } = await locals.context();
    return { address: `${wijk.site}${agendaPaths('').feed(made.data.token)}` };
  },
  stop: async (event) => {
    const { locals } = event;
    const stopped = await api(event)(dropCalendarFeed, { params: { wijk: locals.slug } });
    if (!stopped.ok) return refused(event, 'feed', {}, stopped);
    setFlash(event, 'page.calendar.feedStopped');
    redirect(303, agendaPaths(locals.base).calendar());
  },
};

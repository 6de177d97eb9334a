import { type ActionFailure, redirect } from '@sveltejs/kit';
import { planDuty, readRoster, unplanDuty } from '@wijk/contracts/redactie';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { deskPaths } from '#lib/desk/paths.ts';
import { dayText, rosterWeeks } from '#lib/desk/roster.server.ts';
import type { Refusal } from '#lib/forms.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = Parameters<NonNullable<Actions[string]>>[0];

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:desk-roster');
  const { locals } = event;
  const outcome = await api(event)(readRoster, { params: { wijk: locals.slug }, query: {} });
  if (!outcome.ok) stop(outcome);
  const { days, editors, today } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'roster'),
    weeks: rosterWeeks(days, today, locals.locale),
    editors,
    me: editors.find((editor) => editor.mine)?.membershipId ?? null,
  };
};

/** A day is an anchor, so that one comes back to it without JavaScript too. */
const change =
  (contract: typeof planDuty, message: MessageKey) =>
  async (event: Event): Promise<ActionFailure<{ refusal: Refusal }> | undefined> => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const { date = '', member = '', name = '' } = values;
    const outcome = await api(event)(contract, {
      params: { wijk: locals.slug, date, member },
    });
    if (!outcome.ok) return refused(event, `day-${date}`, values, outcome);
    const known = await api(event)(readRoster, { params: { wijk: locals.slug }, query: {} });
    const editor = known.ok
      ? known.data.editors.find((one) => one.membershipId === member)
      : undefined;
    setFlash(event, message, { name: editor?.name ?? name, day: dayText(date, locals.locale) });
    redirect(303, `${deskPaths(locals.base).roster()}#dag-${date}`);
  };

export const actions: Actions = {
  plan: change(planDuty, 'page.roster.planned'),
  unplan: change(unplanDuty, 'page.roster.unplanned'),
};

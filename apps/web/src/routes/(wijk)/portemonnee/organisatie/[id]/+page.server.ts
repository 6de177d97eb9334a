import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import {
  addOperator,
  changeOperator,
  changeOrganisation,
  type OperatorView,
  readOrganisation,
  removeOperator,
} from '@wijk/contracts/organisations';
import { parseAmount } from '@wijk/domain/wallet';
import { amountText, type MessageKey, pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { chosenPayee, searchPayees } from '#lib/server/payee-search.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { faultAt, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import { keepPaths } from '#lib/wallet/keep-paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readOrganisation, {
    params: { wijk: locals.slug, organisation: params.id },
  });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'organisations');
  const chosen = outcome.data.mayManage ? await chosenPayee(event) : null;
  const { operators, closedAt, ...organisation } = outcome.data;
  const money = (minor: number) => amountText(locals.locale, minor);
  const limitText = ({ dailyLimit, spentToday }: OperatorView) =>
    dailyLimit === null
      ? texts.noLimit
      : fill(texts.limited, { limit: money(dailyLimit), spent: money(spentToday) });
  return {
    texts,
    walletTexts: pageTexts(locals.locale, 'wallet'),
    // found by name; an organisation does not act for another one
    chosen: chosen?.payee.kind === 'member' ? { id: chosen.payee.id, name: chosen.name } : null,
    organisation,
    closed: closedAt !== null,
    operators: operators.map((one) => ({
      id: one.member,
      name: one.name,
      role: one.role,
      self: one.self,
      limit: one.dailyLimit === null ? '' : money(one.dailyLimit),
      text: limitText(one),
    })),
  };
};

/** What was typed as a limit: null is none of their own; undefined is no amount. */
function limitIn(values: Record<string, string>): number | null | undefined {
  const text = (values.limit ?? '').trim();
  if (text === '') return null;
  if (/^0+([.,]0{1,2})?$/.test(text)) return 0;
  return parseAmount(text) ?? undefined;
}

const roleIn = (values: Record<string, string>) =>
  values.role === 'manager' ? ('manager' as const) : ('operator' as const);

/** Names of fields on the page; several forms of one kind stand on it, each with its own ids. */
function placeIn(event: RequestEvent, suffix = ''): Place {
  const w = pageTexts(event.locals.locale, 'organisations');
  const labels: Record<string, string> = { dailyLimit: w.limit, role: w.roleLabel };
  return (pointer) => {
    const field = `${pointer === 'dailyLimit' ? 'limit' : pointer}${suffix}`;
    return labels[pointer] ? { field, label: labels[pointer] } : { field };
  };
}

async function told(event: RequestEvent, key: MessageKey, name: string): Promise<never> {
  const { id = '' } = event.params as { id?: string };
  const { locals } = event;
  const seen = await api(event)(readOrganisation, {
    params: { wijk: locals.slug, organisation: id },
  });
  const organisation = seen.ok ? seen.data.name : '';
  setFlash(event, key, { name: name.slice(0, 80), organisation });
  // whoever took their own right away has nothing to see here any more
  redirect(303, seen.ok ? keepPaths(locals.base).operators(id) : `${locals.base}/portemonnee`);
}

export const actions: Actions = {
  zoek: async (event) => {
    const outcome = await searchPayees(event);
    if (!('found' in outcome)) return outcome;
    return { ...outcome, found: outcome.found.filter(({ key }) => key.startsWith('m-')) };
  },
  geef: async (event) => {
    const values = typed(await event.request.formData());
    const dailyLimit = limitIn(values);
    const place = placeIn(event);
    if (dailyLimit === undefined)
      return refused(event, 'add', values, faultAt('dailyLimit', 'not-an-amount'), place);
    const outcome = await api(event)(addOperator, {
      params: { wijk: event.locals.slug, organisation: event.params.id },
      body: { member: values.member ?? '', role: roleIn(values), dailyLimit },
    });
    if (!outcome.ok) return refused(event, 'add', values, outcome, place);
    return told(event, 'page.organisations.added', values.name ?? '');
  },
  wijzig: async (event) => {
    const values = typed(await event.request.formData());
    const { member = '' } = values;
    const dailyLimit = limitIn(values);
    const form = `change-${member}`;
    const place = placeIn(event, `-${member}`);
    if (dailyLimit === undefined)
      return refused(event, form, values, faultAt('dailyLimit', 'not-an-amount'), place);
    const outcome = await api(event)(changeOperator, {
      params: { wijk: event.locals.slug, organisation: event.params.id, member },
      body: { role: roleIn(values), dailyLimit },
    });
    if (!outcome.ok) return refused(event, form, values, outcome, place);
    return told(event, 'page.organisations.changed', values.name ?? '');
  },
  neem: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(removeOperator, {
      params: {
        wijk: event.locals.slug,
        organisation: event.params.id,
        member: values.member ?? '',
      },
    });
    if (!outcome.ok) return refused(event, 'remove', values, outcome);
    return told(event, 'page.organisations.removed', values.name ?? '');
  },
  bewaar: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(changeOrganisation, {
      params: { wijk: event.locals.slug, organisation: event.params.id },
      body: { name: values.name ?? '', about: values.about ?? '', closed: values.closed === 'ja' },
    });
    if (!outcome.ok) return refused(event, 'facts', values, outcome);
    setFlash(event, 'page.organisations.saved');
    redirect(303, keepPaths(event.locals.base).operators(event.params.id));
  },
};

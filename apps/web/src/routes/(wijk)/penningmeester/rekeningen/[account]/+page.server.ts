import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import {
  changeDailyLimit,
  freezeAccount,
  readTreasuryAccount,
  thawAccount,
} from '@wijk/contracts/treasury-control';
import { parseAmount } from '@wijk/domain/wallet';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { controlLine } from '#lib/server/control-log.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { moneyOf, refusedAmounts, typedAmount } from '#lib/server/treasury.ts';
import { speaker } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { Actions, PageServerLoad } from './$types';

const paramsOf = ({ locals, params }: RequestEvent) => {
  const { account = '' } = params;
  if (!isUuid(account)) error(404, { message: 'Not found', reason: 'kernel.not-found' });
  return { wijk: locals.slug, account };
};

export const load: PageServerLoad = async (event) => {
  const { locale } = event.locals;
  const [say, money, outcome] = await Promise.all([
    speaker(event.locals),
    moneyOf(event),
    api(event)(readTreasuryAccount, { params: paramsOf(event) }),
  ]);
  if (!outcome.ok) stop(outcome);
  const one = outcome.data;
  const texts = pageTexts(locale, 'accounts');
  const bound = (minor: number | null) => (minor === null ? texts.noLimit : money.text(minor));
  return {
    texts,
    reasonHint: pageTexts(locale, 'proposals').reasonHint,
    account: {
      id: one.id,
      name: one.name || texts.nameless,
      frozen: one.frozen,
      balance: money.text(one.balance),
      reserved: one.reserved > 0 ? money.text(one.reserved) : null,
      min: bound(one.min),
      max: bound(one.max),
      daily: `${bound(one.dailyLimit)} (${one.ownLimit ? texts.own : texts.byPolicy})`,
      limit: one.ownLimit ? typedAmount(one.dailyLimit) : '',
      actions: one.actions.map((action) => controlLine(action, say, money)),
    },
  };
};

function stay(event: RequestEvent, said: MessageKey): never {
  setFlash(event, said);
  redirect(303, treasuryPaths(event.locals.base).account(event.params.account ?? ''));
}

export const actions: Actions = {
  freeze: async (event) => {
    const values = typed(await event.request.formData());
    const body = { reason: values.reason ?? '' };
    const outcome = await api(event)(freezeAccount, { params: paramsOf(event), body });
    if (!outcome.ok) return refused(event, 'freeze', values, outcome);
    stay(event, 'page.accounts.frozenNow');
  },
  thaw: async (event) => {
    const values = typed(await event.request.formData());
    const body = { reason: values.reason ?? '' };
    const outcome = await api(event)(thawAccount, { params: paramsOf(event), body });
    if (!outcome.ok) return refused(event, 'freeze', values, outcome);
    stay(event, 'page.accounts.thawedNow');
  },
  limit: async (event) => {
    const values = typed(await event.request.formData());
    const text = (values.amount ?? '').trim();
    const amount = text === '' ? null : text === '0' ? 0 : (parseAmount(text) ?? -1);
    const body = { amount, reason: values.why ?? '' };
    const outcome = await api(event)(changeDailyLimit, { params: paramsOf(event), body });
    const w = pageTexts(event.locals.locale, 'accounts');
    if (!outcome.ok)
      return refusedAmounts(event, 'limit', values, outcome, ['amount'], (field) =>
        field === 'amount' ? { field, label: w.limit } : { field: 'why', label: w.reason },
      );
    stay(event, 'page.accounts.limited');
  },
};

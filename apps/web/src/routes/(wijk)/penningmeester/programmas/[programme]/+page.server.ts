import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import {
  addSupplier,
  endSupplier,
  fundProgramme,
  readProgramme,
} from '@wijk/contracts/treasury-programmes';
import { settleSupplier } from '@wijk/contracts/treasury-settlements';
import { SUPPLY_KINDS } from '@wijk/domain/wallet';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import { type MessageKey, type MessageParams, pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { programmeView } from '#lib/server/programme.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { amountIn, dateIn, moneyOf, refusedAmounts } from '#lib/server/treasury.ts';
import { speaker } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { Actions, PageServerLoad } from './$types';

const paramsOf = ({ locals, params }: RequestEvent) => {
  const { programme = '' } = params;
  if (!isUuid(programme)) error(404, { message: 'Not found', reason: 'kernel.not-found' });
  return { wijk: locals.slug, programme };
};

export const load: PageServerLoad = async (event) => {
  const params = paramsOf(event);
  const { locale } = event.locals;
  const [say, money, outcome] = await Promise.all([
    speaker(event.locals),
    moneyOf(event),
    api(event)(readProgramme, { params }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { kinds, themes } = outcome.data;
  const yesterday = addDays(localDateOf(say.now, say.timeZone), -1) ?? '';
  const { wijk } = await event.locals.context();
  const meant = new Set(themes.map(({ slug }) => slug));
  return {
    texts: pageTexts(locale, 'programme'),
    list: pageTexts(locale, 'programmes'),
    programme: programmeView(outcome.data, say, money, wijk.themes),
    kinds: SUPPLY_KINDS.filter((kind) => kinds.length === 0 || kinds.includes(kind)).map(
      (kind) => ({
        value: kind,
        label: t(locale, `page.programmes.kind.${kind}`),
      }),
    ),
    themes: wijk.themes
      .filter(({ slug }) => meant.size === 0 || meant.has(slug))
      .map(({ slug, name }) => ({ value: slug, label: name })),
    lastDay: yesterday.split('-').reverse().join('-'),
    keys: { fund: crypto.randomUUID(), settle: crypto.randomUUID() },
  };
};

function stay(event: RequestEvent, said: MessageKey, params: MessageParams = {}): never {
  setFlash(event, said, params);
  redirect(303, treasuryPaths(event.locals.base).programme(event.params.programme ?? ''));
}

export const actions: Actions = {
  fund: async (event) => {
    const values = typed(await event.request.formData());
    const w = pageTexts(event.locals.locale, 'programme');
    const outcome = await api(event)(fundProgramme, {
      params: paramsOf(event),
      body: { amount: amountIn(values.amount), reason: values.reason ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok)
      return refusedAmounts(event, 'fund', values, outcome, ['amount'], (field) => ({
        field,
        label: field === 'amount' ? w.fill : w.reason,
      }));
    stay(event, outcome.data.done ? 'page.programme.filled' : 'page.programme.fillWaits');
  },
  supplier: async (event) => {
    const values = typed(await event.request.formData());
    const w = pageTexts(event.locals.locale, 'programme');
    const { account = '', theme = '' } = values;
    const kind = SUPPLY_KINDS.find((one) => one === values.kind);
    const labels: Record<string, string> = { account: w.supplier, kind: w.kind, theme: w.theme };
    const outcome = await api(event)(addSupplier, {
      params: { ...paramsOf(event), account: isUuid(account) ? account : 'x' },
      body: { kind: kind ?? ('' as 'product'), theme },
    });
    if (!outcome.ok) {
      const missing =
        account === '' ? [{ pointer: 'account', code: 'required', detail: '', params: {} }] : [];
      const errors = [...missing, ...outcome.problem.errors];
      const problem = { ...outcome.problem, errors };
      return refused(event, 'supplier', values, { ...outcome, problem }, (field) => ({
        field,
        label: labels[field] ?? field,
      }));
    }
    stay(event, 'page.programme.added');
  },
  end: async (event) => {
    const { account = '' } = typed(await event.request.formData());
    const params = { ...paramsOf(event), account };
    const outcome = await api(event)(endSupplier, { params });
    if (!outcome.ok) return refused(event, 'end', {}, outcome);
    stay(event, 'page.programme.stopped');
  },
  settle: async (event) => {
    const values = typed(await event.request.formData());
    const w = pageTexts(event.locals.locale, 'programme');
    const outcome = await api(event)(settleSupplier, {
      params: paramsOf(event),
      body: { account: values.account ?? '', lastDay: dateIn(values.lastDay) },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok)
      return refused(event, 'settle', values, outcome, (field) => ({ field, label: w.lastDay }));
    const money = await moneyOf(event);
    const { payments, amount, id } = outcome.data;
    const text = { amount: money.text(amount), count: payments };
    const said = payments === 1 ? 'one' : 'other';
    setFlash(event, `page.programme.settled.${said}`, text);
    redirect(303, treasuryPaths(event.locals.base).settlement(id));
  },
};

import { readWallet, readWalletStatement } from '@wijk/contracts/wallet';
import { formatDay, pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import {
  creditSpeaker,
  lineView,
  membersOnly,
  organisationIn,
  partyName,
  requestView,
} from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

const LINES = 5;

export const load: PageServerLoad = async (event) => {
  // read anew when something is paid
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, url } = event;
  const organisation = organisationIn(url);
  const call = api(event);
  const params = { wijk: locals.slug };
  const of = organisation ? { organisation } : {};
  const [wallet, statement] = await Promise.all([
    call(readWallet, { params, query: of }),
    call(readWalletStatement, { params, query: { ...of, limit: LINES } }),
  ]);
  if (!wallet.ok) stop(wallet);
  if (!statement.ok) stop(statement);
  const { data } = wallet;
  const say = await creditSpeaker(locals, data.unit);
  const some = (minor: number) => (minor > 0 ? say.money(minor) : null);
  const budget = data.budgets.reduce((sum, { available }) => sum + available, 0);
  const budgetHeld = data.budgets.reduce((sum, { reserved }) => sum + reserved, 0);
  return {
    texts: pageTexts(locals.locale, 'wallet'),
    organisation,
    organisations: data.organisations,
    holder: partyName(data.holder, locals.locale),
    unit: data.unit.plural,
    balance: say.money(data.balance),
    available: say.money(data.available),
    reserved: some(data.reserved),
    expected: some(data.expected),
    credit: some(data.credit),
    budget: some(budget),
    reservedBudget: some(budgetHeld),
    frozen: data.frozen,
    budgets: data.budgets.map(({ id, name, available, endsOn, suppliers }) => ({
      id,
      name,
      amount: say.money(available),
      endsOn: formatDay(endsOn, locals.locale),
      suppliers,
    })),
    toPay: data.toPay.map((request) => requestView(request, say)),
    asked: data.asked.map((request) => requestView(request, say)),
    lines: statement.data.items.map((line) => lineView(line, say)),
  };
};

import { readWallet, readWalletStatement } from '@wijk/contracts/wallet';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker, lineView, membersOnly, organisationIn } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

const DIRECTIONS = { bij: 'in', af: 'out' } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A filter that cannot be read is none: the address was typed by hand. */
function filterOf(url: URL) {
  const given = (name: string) => url.searchParams.get(name)?.trim() || null;
  const chosen = given('richting');
  const dayIn = (name: string) => {
    const text = given(name) ?? '';
    return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
  };
  return {
    organisation: organisationIn(url),
    direction: chosen === 'bij' || chosen === 'af' ? (chosen as keyof typeof DIRECTIONS) : null,
    from: dayIn('van'),
    until: dayIn('tot'),
    name: given('naam')?.slice(0, 80) ?? null,
    after: given('na'),
  };
}

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, url } = event;
  const { after, ...filter } = filterOf(url);
  const { organisation, direction, from, until, name } = filter;
  const params = { wijk: locals.slug };
  const of = organisation ? { organisation } : {};
  const call = api(event);
  const [wallet, statement] = await Promise.all([
    call(readWallet, { params, query: of }),
    call(readWalletStatement, {
      params,
      query: {
        ...of,
        ...(direction ? { direction: DIRECTIONS[direction] } : {}),
        ...(from ? { from } : {}),
        ...(until ? { until } : {}),
        ...(name ? { q: name } : {}),
        ...(after ? { cursor: after } : {}),
      },
    }),
  ]);
  if (!wallet.ok) stop(wallet);
  if (!statement.ok) stop(statement);
  const say = await creditSpeaker(locals, wallet.data.unit);
  return {
    texts: pageTexts(locals.locale, 'wallet'),
    filter,
    filtered: [direction, from, until, name].some(Boolean),
    paged: after !== null,
    next: statement.data.nextCursor,
    balance: say.money(wallet.data.balance),
    holder: wallet.data.holder.name ?? '',
    lines: statement.data.items.map((line) => lineView(line, say)),
  };
};

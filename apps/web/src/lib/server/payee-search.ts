import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { findPayees, readPayee } from '@wijk/contracts/wallet-pay';
import type { Refusal } from '#lib/forms.ts';
import { api } from './api.ts';
import { refused, stop, typed } from './refusal.ts';
import { partyName, payeeIn, payeeKey } from './wallet.ts';

export interface FoundPayees {
  found: { key: string; name: string; title: string | null }[];
  words: string;
}

/** People and organisations of whose name a word begins with what was typed. */
export async function searchPayees(
  event: RequestEvent,
): Promise<FoundPayees | ActionFailure<{ refusal: Refusal }>> {
  const values = typed(await event.request.formData());
  const outcome = await api(event)(findPayees, {
    params: { wijk: event.locals.slug },
    query: { q: values.q ?? '' },
  });
  if (!outcome.ok) return refused(event, 'search', values, outcome);
  return {
    words: (values.q ?? '').trim(),
    found: outcome.data.items.map(({ kind, id, name, title }) => ({
      key: payeeKey({ kind, id }),
      name,
      title,
    })),
  };
}

/** Who the address names, with their name; null where it names nobody. */
export async function chosenPayee(event: RequestEvent) {
  const payee = payeeIn(event.url);
  const { locals } = event;
  if (!payee) return null;
  if (payee.kind === 'fund')
    return { payee, name: partyName({ kind: 'fund', name: null, title: null }, locals.locale) };
  const outcome = await api(event)(readPayee, {
    params: { wijk: locals.slug, kind: payee.kind, id: payee.id },
  });
  if (!outcome.ok) stop(outcome);
  return { payee, name: partyName(outcome.data.payee, locals.locale) };
}

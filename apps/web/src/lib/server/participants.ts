import { type ActionFailure, fail, type RequestEvent } from '@sveltejs/kit';
import type { ReplyOf } from '@wijk/contracts/define';
import {
  findParticipants,
  grantBudgets,
  PARTICIPANTS_MAX,
} from '@wijk/contracts/treasury-participants';
import { pageTexts, plural, t } from '@wijk/i18n';
import type { Refusal } from '#lib/forms.ts';
import { api } from './api.ts';
import { isUuid } from './ids.ts';
import { type Refused, refused, typed } from './refusal.ts';
import { moneyOf } from './treasury.ts';
import { faultAt } from './wallet.ts';

/** Somebody on the form where participants are chosen. */
export interface Choice {
  id: string;
  name: string;
  /** function, or '' */
  title: string;
  /** why they cannot be chosen; null: they can */
  why: string | null;
}

interface Choosing {
  chosen: Choice[];
  /** null: nothing was searched for */
  found: Choice[] | null;
  words: string;
  more: boolean;
}
type Failed = ActionFailure<{ refusal: Refusal; choosing: Choosing }>;

/** Whose box was ticked, by the names that the form itself showed: it keeps them from search to search. */
function chosenIn(data: FormData): Choice[] {
  const ids = data.getAll('member').map(String).filter(isUuid);
  const text = (name: string) => String(data.get(name) ?? '').slice(0, 120);
  return [...new Set(ids)]
    .slice(0, PARTICIPANTS_MAX)
    .map((id) => ({ id, name: text(`name-${id}`), title: text(`title-${id}`), why: null }));
}

/** Members of that name who were not chosen yet. */
async function search(event: RequestEvent, programme: string, chosen: Choice[], words: string) {
  const { locale, slug } = event.locals;
  const params = { wijk: slug, programme };
  const outcome = await api(event)(findParticipants, { params, query: { q: words } });
  if (!outcome.ok) return outcome;
  const known = new Set(chosen.map(({ id }) => id));
  const found = outcome.data.items
    .filter(({ member }) => !known.has(member))
    .map(({ member, name, title, refused: code }) => ({
      ...{ id: member, name, title: title ?? '' },
      why: code && t(locale, `page.programme.refusedCodes.${code}`),
    }));
  return { ok: true as const, choosing: { chosen, found, words, more: outcome.data.more } };
}

/** The form again, with everybody who was chosen and what was looked for. */
function again(event: RequestEvent, data: FormData, outcome: Refused, choosing: Choosing): Failed {
  const { chooseName: label } = pageTexts(event.locals.locale, 'programme');
  const { q = '' } = typed(data);
  const failure = refused(event, 'choose', { q }, outcome, () => ({ field: 'q', label }));
  return fail(failure.status, { ...failure.data, choosing });
}

const nothingFound = (chosen: Choice[], words: string): Choosing => ({
  ...{ chosen, words, found: null, more: false },
});

/** Looks for members by name. Who was chosen stays so. */
export async function searchParticipants(
  event: RequestEvent,
  programme: string,
): Promise<{ choosing: Choosing } | Failed> {
  const data = await event.request.formData();
  const chosen = chosenIn(data);
  const words = (typed(data).q ?? '').trim();
  const outcome = await search(event, programme, chosen, words);
  if (!outcome.ok) return again(event, data, outcome, nothingFound(chosen, words));
  return { choosing: outcome.choosing };
}

/** Who got a budget, and who did not and why. */
export interface Given {
  text: string;
  refused: { id: string; name: string; why: string }[];
}

/** Gives everybody whose box is ticked a budget. */
export async function giveChosen(
  event: RequestEvent,
  programme: string,
): Promise<{ given: Given } | Failed> {
  const data = await event.request.formData();
  const chosen = chosenIn(data);
  const words = (typed(data).q ?? '').trim();
  if (chosen.length === 0) {
    const outcome = words === '' ? null : await search(event, programme, chosen, words);
    const choosing = outcome?.ok ? outcome.choosing : nothingFound(chosen, words);
    return again(event, data, faultAt('member', 'choose-somebody'), choosing);
  }
  const outcome = await api(event)(grantBudgets, {
    params: { wijk: event.locals.slug, programme },
    body: { members: chosen.map(({ id }) => id) },
  });
  if (!outcome.ok) return again(event, data, outcome, nothingFound(chosen, ''));
  return { given: await givenView(event, outcome.data) };
}

async function givenView(
  event: RequestEvent,
  { granted, amount, refused: others }: ReplyOf<typeof grantBudgets>,
): Promise<Given> {
  const { locale } = event.locals;
  const money = await moneyOf(event);
  return {
    text:
      granted === 0
        ? t(locale, 'page.programme.givenNobody')
        : plural(locale, 'page.programme.given', granted, { amount: money.text(amount) }),
    refused: others.map(({ member, name, code }) => ({
      id: member,
      name: name || t(locale, 'page.accounts.nameless'),
      why: t(locale, `page.programme.refusedCodes.${code}`),
    })),
  };
}

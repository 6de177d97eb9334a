import en from '../messages/en.json' with { type: 'json' };
import nl from '../messages/nl.json' with { type: 'json' };
import { amountText } from './amount.ts';
import type { Locale } from './locale.ts';

type Tree = typeof nl;
type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`;
}[keyof T & string];

/** Every message, as 'problem.kernel.invalid'; a typing error is a compile error. */
export type MessageKey = Paths<Tree>;
/** Keys with a `one` and an `other`, without that last part. */
export type PluralKey = MessageKey extends infer K
  ? K extends `${infer P}.one`
    ? P
    : never
  : never;
export type MessageParams = Readonly<Record<string, string | number>>;

const messages: Record<Locale, Tree> = { nl, en };

/** The text with its `{placeholders}` filled in. Plain text: whoever makes HTML of it escapes it. */
export function t(locale: Locale, key: MessageKey, params: MessageParams = {}): string {
  return fill(find(locale, key) ?? key, params);
}

/** The singular or plural text; `{count}` is filled in. */
export function plural(
  locale: Locale,
  key: PluralKey,
  count: number,
  params: MessageParams = {},
): string {
  const form = `${key}.${count === 1 ? 'one' : 'other'}` as MessageKey;
  return t(locale, form, { ...params, count });
}

/**
 * What a refusal says; a code without a text reads as a fault of ours. Where somebody else was first
 * (`name` and `kind` of a desk action are given), it begins with what they did. Numbers in a refusal of the
 * wallet are minor units, and are written out as amounts.
 */
export function problemText(locale: Locale, code: string, params: MessageParams = {}): string {
  const text = fill(
    find(locale, `problem.${code}`) ?? messages[locale].problem.kernel.internal,
    code.startsWith('wallet.') ? withAmounts(locale, params) : params,
  );
  if (!params.name || !params.kind) return text;
  const did = find(locale, `did.${params.kind}`) ?? messages[locale].did.other;
  return `${fill(did, params)} ${text}`;
}

function withAmounts(locale: Locale, params: MessageParams): MessageParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' ? amountText(locale, value) : value,
    ]),
  );
}

/** What is wrong with a field; a code without a text reads as "this isn't right". */
export function fieldText(locale: Locale, code: string, params: MessageParams = {}): string {
  return fill(find(locale, `field.${code}`) ?? messages[locale].field.invalid, params);
}

function find(locale: Locale, key: string): string | undefined {
  let node: unknown = messages[locale];
  for (const part of key.split('.')) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, part)) return undefined;
    node = (node as Record<string, unknown>)[part];
  }
  return typeof node === 'string' ? node : undefined;
}

function fill(text: string, params: MessageParams): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : placeholder,
  );
}

/** All texts of one page, to send along with it instead of the whole table. */
export type PageTexts = Tree['page'];
export function pageTexts<P extends keyof PageTexts>(locale: Locale, page: P): PageTexts[P] {
  return messages[locale].page[page];
}

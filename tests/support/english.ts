import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Words = { [key: string]: string | Words };

const wordsOf = (locale: string) =>
  JSON.parse(
    readFileSync(
      fileURLToPath(new URL(`../../packages/i18n/messages/${locale}.json`, import.meta.url)),
      'utf8',
    ),
  ) as Words;

const flat = (words: Words): string[] =>
  Object.values(words).flatMap((one) => (typeof one === 'string' ? [one] : flat(one)));

/** Others may stand in what people wrote, or in an English word. */
const isTelling = (piece: string) => piece.length >= (/^\p{Lu}/u.test(piece) ? 12 : 20);

const english = flat(wordsOf('en')).join('\n').toLowerCase();
/** What the interface says in Dutch, between the places where something is filled in. */
const dutch = [
  ...new Set(
    flat(wordsOf('nl'))
      .flatMap((text) => text.split(/\{[^}]*\}/))
      .map((piece) => piece.trim())
      .filter((piece) => isTelling(piece) && !english.includes(piece.toLowerCase())),
  ),
];
const KEY = new RegExp(`\\b(?:${Object.keys(wordsOf('nl')).join('|')})\\.[a-z][\\w-]*\\.[\\w.-]+`);

const SIGNS: Record<string, string> = { amp: '&', quot: '"', '#39': "'", lt: '<', gt: '>' };

/** What a reader meets on a page, names and hints of its parts as well; what they wrote themselves left out. */
export function readable(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/&(amp|quot|#39|lt|gt);/g, (_, sign: string) => SIGNS[sign] ?? '');
}

/** What stands around the text of a page that somebody wrote in Dutch. */
export const aroundMain = (text: string): string =>
  text.replace(/<(main|title)\b[\s\S]*?<\/\1>/g, '');

/** Words of the Dutch interface in this page. */
export const dutchIn = (text: string): string[] => dutch.filter((piece) => text.includes(piece));

/** Where a message is missing its name shows, and where a value is missing the braces do. */
export const gapsIn = (text: string): string[] =>
  [KEY.exec(text)?.[0], /(?<!\{)\{[a-zA-Z]+\}(?!\})/.exec(text)?.[0]].filter(
    (gap) => gap !== undefined,
  );

/** Every route that shows a page, as a pattern of its address. */
export function routesOfPages(): { route: string; matches: RegExp }[] {
  const root = fileURLToPath(new URL('../../apps/web/src/routes', import.meta.url));
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('+page.svelte'))
    .map((path) => {
      const route = path
        .split('/')
        .slice(0, -1)
        .filter((part) => !part.startsWith('('))
        .map((part) => `/${part}`)
        .join('');
      const pattern = route.replace(/\/\[\[\w+\]\]/g, '(/[^/?]+)?').replace(/\[\w+\]/g, '[^/?]+');
      return { route: route || '/', matches: new RegExp(`^${pattern || '/'}(\\?|$)`) };
    });
}

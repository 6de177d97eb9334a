import { HELP_LINES, type HelpLine } from '@wijk/domain/vraagbaak';
import { pageTexts } from '@wijk/i18n';

/** Who to call and in what words; null where nobody needs to. */
export function helpTexts(locale: App.Locals['locale'], lines: HelpLine[]) {
  return lines.length > 0 ? { lines, texts: pageTexts(locale, 'help') } : null;
}

/** The lines that an address names, after a text that told of distress; anything else is left out. */
export function helpNamed(names: string | null): HelpLine[] {
  const wanted = (names ?? '').split(',');
  return HELP_LINES.filter((line) => wanted.includes(line));
}

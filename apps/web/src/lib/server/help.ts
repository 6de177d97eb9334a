import type { HelpLine } from '@wijk/domain/vraagbaak';
import { pageTexts } from '@wijk/i18n';

/** Who to call and in what words; null where nobody needs to. */
export function helpTexts(locale: App.Locals['locale'], lines: HelpLine[]) {
  return lines.length > 0 ? { lines, texts: pageTexts(locale, 'help') } : null;
}

import { IMPORT_TEXT_MAX, type ImportReport, importQuestions } from '@wijk/contracts/exchange';
import { fieldText, pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const KB = 1000;
const MAX_KB = IMPORT_TEXT_MAX / KB;

export const load: PageServerLoad = ({ locals }) => {
  const texts = pageTexts(locals.locale, 'exchange');
  return {
    texts,
    fileHint: t(locals.locale, 'page.exchange.fileHint', { max: MAX_KB }),
  };
};

export const actions: Actions = {
  /** The file, or on the second press its text that the form kept; the first one only tries. */
  default: async (event) => {
    const { locals, request } = event;
    const { locale } = locals;
    const data = await request.formData();
    const { source = '', kept = '' } = typed(data);
    const file = data.get('file');
    // what is no UTF-8 becomes U+FFFD, which is refused by the line
    const text = kept || (file instanceof File ? await file.text() : '');
    const dryRun = data.get('really') === null;
    const outcome = await api(event)(importQuestions, {
      params: { wijk: locals.slug },
      body: { source: source.trim(), text, dryRun },
    });
    if (!outcome.ok) {
      const labels = pageTexts(locale, 'exchange');
      return refused(event, 'import', { source }, outcome, (pointer) =>
        pointer === 'text'
          ? { field: 'file', label: labels.file }
          : { field: pointer, label: labels.source },
      );
    }
    return { result: resultOf(outcome.data, locale, { source, text }) };
  },
};

function resultOf(
  report: ImportReport,
  locale: App.Locals['locale'],
  { source, text }: { source: string; text: string },
) {
  const { dryRun, questions, answers, known, refusedCount, refused: lines } = report;
  const adds = questions + answers > 0;
  return {
    dryRun,
    counts: t(locale, 'page.exchange.counts', { questions, answers, known, refused: refusedCount }),
    lines: lines.map(({ line, field, code, params }) => ({
      line,
      field: field || t(locale, 'page.exchange.whole'),
      text: fieldText(locale, code, params),
    })),
    more: lines.length < refusedCount ? t(locale, 'exchange.more') : null,
    /** for the second press; null where it would do nothing */
    next: dryRun && adds ? { source, text } : null,
  };
}

import { pageTexts } from '@wijk/i18n';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  texts: pageTexts(locals.locale, 'accessibility'),
});

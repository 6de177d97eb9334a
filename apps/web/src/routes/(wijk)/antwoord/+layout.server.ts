import { pageTexts } from '@wijk/i18n';
import type { LayoutServerLoad } from './$types';

/** Above the pages, so that the error page has these words as well. */
export const load: LayoutServerLoad = ({ locals }) => ({ texts: pageTexts(locals.locale, 'link') });

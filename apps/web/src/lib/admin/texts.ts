import type { PageTexts } from '@wijk/i18n';

export type SetupTexts = PageTexts['setup'];

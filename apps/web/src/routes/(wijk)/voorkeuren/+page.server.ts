import { redirect } from '@sveltejs/kit';
import { isLocale } from '@wijk/i18n';
import { paths, safeReturn } from '#lib/paths.ts';
import type { Actions, PageServerLoad } from './$types';

const YEAR_S = 365 * 24 * 3600;
const THEMES = ['', 'light', 'dark', 'contrast'];

export const load: PageServerLoad = ({ locals }) => redirect(303, paths(locals.base).home());

export const actions: Actions = {
  default: async ({ request, cookies, url, locals }) => {
    const data = await request.formData();
    const keep = {
      path: '/',
      maxAge: YEAR_S,
      sameSite: 'lax',
      secure: url.protocol === 'https:',
    } as const;
    const theme = data.get('theme');
    const language = data.get('language');
    if (typeof theme === 'string' && THEMES.includes(theme)) {
      if (theme) cookies.set('thema', theme, keep);
      else cookies.delete('thema', { path: '/', secure: keep.secure });
    }
    if (isLocale(language)) cookies.set('taal', language, keep);
    redirect(303, safeReturn(String(data.get('back') ?? '')) ?? paths(locals.base).home());
  },
};

import type { RequestEvent } from '@sveltejs/kit';
import { redirect } from '@sveltejs/kit';
import { beside, type Part } from '#lib/admin/parts.ts';
import { adminPaths } from '#lib/admin/paths.ts';
import { setFlash } from './flash.ts';

/** After a step was saved: on to the next or back to the previous one, or the same page of settings. */
export function saved(event: RequestEvent, part: Part, go: string | undefined): never {
  const to = adminPaths(event.locals.base);
  setFlash(event, 'page.setup.saved');
  if (go === 'next' || go === 'previous') redirect(303, to.setup(beside(part, go)));
  redirect(303, to.setup(part));
}

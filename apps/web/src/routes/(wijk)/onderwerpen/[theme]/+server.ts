import { redirect } from '@sveltejs/kit';
import { paths } from '#lib/paths.ts';
import type { RequestHandler } from './$types';

/** A theme has no page of its own: its questions are a choice on the list. */
export const GET: RequestHandler = ({ locals, params }) =>
  redirect(308, paths(locals.base).questions({ theme: params.theme }));

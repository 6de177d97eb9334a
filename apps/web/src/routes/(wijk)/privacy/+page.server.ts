import { ownPage } from '#lib/server/own-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => ownPage(event, 'privacy');

import { statementPage } from '#lib/server/daily-statement.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => statementPage(event, undefined);

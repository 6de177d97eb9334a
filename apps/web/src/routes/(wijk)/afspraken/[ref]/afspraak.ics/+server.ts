import { error } from '@sveltejs/kit';
import { pathOf } from '@wijk/contracts/client';
import { appointmentFile } from '@wijk/contracts/market-calendar-files';
import { isQuestionRef } from '#lib/server/ids.ts';
import { fileFrom } from '#lib/server/statement-file.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const path = pathOf(appointmentFile, { wijk: locals.slug, order: params.ref }, {});
  return fileFrom(event, path, { name: 'afspraak', kind: 'ics' });
};

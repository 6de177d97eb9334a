import { statementPdf } from '@wijk/contracts/wallet-export';
import { statementFile } from '#lib/server/statement-file.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => statementFile(event, statementPdf);

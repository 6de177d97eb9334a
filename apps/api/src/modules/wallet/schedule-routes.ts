import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { payeeOf } from './access.ts';
import { makeSchedule, stopSchedule } from './schedules/make.ts';
import { oneSchedule, scheduleList } from './schedules/queries.ts';
import { statementCsv } from './statement-files/csv.ts';
import { statementPdf } from './statement-files/pdf.ts';
import { readPeriod } from './statement-files/period.ts';
import { speakerOf } from './statement-files/words.ts';
import { walletYearCsv, yearOfWallet } from './statement-files/year.ts';
import { partyOf } from './views.ts';

/** Amounts to make a paper of take the machine a moment. */
const FILES_PER_MINUTE = 20;

/** Statements to keep (W6). */
export function registerStatementFiles(app: App, s: Services): void {
  const policy = may('wallet.own');
  app.route(contract.readStatementPeriod, { policy }, async ({ actor, wijk, query }) => {
    const period = await readPeriod(s, memberOf(actor), wijk, query);
    const { holder, opening, closing, lines } = period;
    const { plural: unit } = await s.wallet.policies.current(wijk.id);
    const sums = { in: period.in, out: period.out, lines: lines.length };
    return { unit, holder: partyOf(holder), opening, closing, ...sums };
  });
  const files = { policy, perMinute: FILES_PER_MINUTE };
  app.route(contract.statementCsv, files, async ({ actor, wijk, query }) => {
    const period = await readPeriod(s, memberOf(actor), wijk, query);
    return Buffer.from(statementCsv(period, await speakerOf(s, wijk, query.lang)));
  });
  app.route(contract.statementPdf, files, async ({ actor, wijk, query }) => {
    const period = await readPeriod(s, memberOf(actor), wijk, query);
    return statementPdf(period, await speakerOf(s, wijk, query.lang));
  });
  app.route(contract.readWalletYear, { policy }, ({ actor, wijk, query }) =>
    yearOfWallet(s, memberOf(actor), wijk, query),
  );
  app.route(contract.walletYearCsv, files, async ({ actor, wijk, query }) => {
    const year = await yearOfWallet(s, memberOf(actor), wijk, query);
    return Buffer.from(walletYearCsv(year, await speakerOf(s, wijk, query.lang)));
  });
}

/** Payments that are planned for a date (W6). */
export function registerSchedules(app: App, s: Services): void {
  const policy = may('wallet.own');
  app.route(contract.listSchedules, { policy }, ({ actor, wijk, query }) =>
    scheduleList(s, memberOf(actor), wijk, query.organisation),
  );
  app.route(contract.readSchedule, { policy }, ({ actor, wijk, params }) =>
    oneSchedule(s, memberOf(actor), wijk, params.schedule),
  );
  app.route(
    contract.makeSchedule,
    { policy, perMinute: 30 },
    async ({ actor, wijk, body: { to, from, ...rest }, idempotencyKey }) => {
      const { holder: payee } = await payeeOf(s, wijk.id, to);
      const asked = { ...rest, organisation: from, payee };
      return makeSchedule(s, memberOf(actor), wijk, asked, idempotencyKey);
    },
  );
  app.route(contract.stopSchedule, { policy }, ({ actor, wijk, params }) =>
    stopSchedule(s, memberOf(actor), wijk, params.schedule),
  );
}

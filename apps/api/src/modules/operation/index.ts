import {
  discardDeadLetter,
  getJobs,
  getLiveness,
  getReadiness,
  retryDeadLetter,
  retryDeadLetters,
  sendTestMail as testMail,
} from '@wijk/contracts';
import {
  discardDeadLetter as discard,
  readDeadLetters,
  readQueues,
  reviveDeadLetter,
  reviveDeadLetters,
} from '@wijk/db/operation';
import { DomainError } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { may, open } from '../../http/policy.ts';
import { type App, signedIn } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { reportOf } from '../search/index.ts';
import { sendTestMail } from './test-mail.ts';

/** Health, and what a volunteer admin needs to see of the work behind the scenes. */
export function registerOperation(app: App, services: Services): void {
  app.route(getLiveness, { policy: open('asked by whatever watches the process') }, () => ({
    status: 'ok' as const,
  }));

  app.route(getReadiness, { policy: open('asked by whatever sends traffic here') }, async () => {
    if (services.state.stopping) throw new DomainError('unavailable', 'kernel.unavailable');
    try {
      await services.db.execute(sql`select 1`);
    } catch {
      throw new DomainError('unavailable', 'kernel.unavailable');
    }
    return { status: 'ok' as const };
  });

  app.route(getJobs, { policy: may('admin.jobs') }, async ({ wijk }) => {
    const [queues, letters, search] = await Promise.all([
      readQueues(services.db, wijk.id, services.clock.now()),
      readDeadLetters(services.db, wijk.id),
      reportOf(services, wijk.id),
    ]);
    return {
      queues: queues.map(({ oldestDueAt, late: _, ...queue }) => ({
        ...queue,
        oldestDueAt: oldestDueAt?.toISOString() ?? null,
      })),
      search,
      deadLetters: letters.map((letter) => ({ ...letter, at: letter.at.toISOString() })),
    };
  });

  app.route(retryDeadLetter, { policy: may('admin.jobs') }, async ({ wijk, params }) => {
    const now = services.clock.now();
    if (!(await reviveDeadLetter(services.db, wijk.id, params.letter, now)))
      throw new DomainError('not-found', 'kernel.not-found');
  });

  app.route(retryDeadLetters, { policy: may('admin.jobs') }, async ({ wijk }) => ({
    count: await reviveDeadLetters(services.db, wijk.id, services.clock.now()),
  }));

  app.route(discardDeadLetter, { policy: may('admin.jobs') }, async ({ wijk, params }) => {
    if (!(await discard(services.db, wijk.id, params.letter)))
      throw new DomainError('not-found', 'kernel.not-found');
  });

  app.route(testMail, { policy: may('admin.jobs'), perMinute: 5 }, ({ wijk, actor }) =>
    sendTestMail(services, wijk, signedIn(actor)),
  );
}

import * as contract from '@wijk/contracts';
import { readSetup, summariseWijken } from '@wijk/db/wijk';
import { may, open } from '../../http/policy.ts';
import { type App, signedIn } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import {
  changeCalendar,
  changeHolidays,
  changeModeration,
  changeProfile,
  changePromisePolicy,
  changeThemes,
  changeWords,
  createWijk,
  needsOf,
  openWijk,
} from './commands.ts';
import { listHolidays } from './holidays.ts';
import { readModerationPolicy, readPhrases } from './moderation.ts';
import { pageToEdit, restorePage, shownPage, writePage } from './own-pages.ts';

/** The set-up of wijken, and the pages that a wijk writes itself. */
export function registerWijk(app: App, services: Services): void {
  registerPlatform(app, services);
  registerSetup(app, services);
  registerPages(app, services);
}

function registerPlatform(app: App, services: Services): void {
  const policy = may('platform.wijken');

  app.route(contract.listWijken, { policy }, async () => {
    const wijken = await summariseWijken(services.db, services.clock.now());
    return {
      items: wijken.map(({ openedAt, createdAt, ...rest }) => ({
        ...rest,
        openedAt: openedAt?.toISOString() ?? null,
        createdAt: createdAt.toISOString(),
      })),
    };
  });

  app.route(contract.createWijk, { policy, perMinute: 20 }, async ({ body }) => ({
    slug: await createWijk(services, body),
  }));
}

function registerSetup(app: App, services: Services): void {
  const policy = may('admin.wijk');

  app.route(contract.readSetup, { policy }, async ({ wijk }) => {
    const now = services.clock.now();
    const setup = await readSetup(services.db, wijk.id, now);
    const needs = setup.openedAt ? [] : await needsOf(services.db, wijk.id, setup, now);
    return {
      ...setup,
      slug: wijk.slug,
      cbsCodes: [...setup.cbsCodes],
      openedAt: setup.openedAt?.toISOString() ?? null,
      promise: setup.promise.map(({ validFrom, steps, ...rest }) => ({
        ...rest,
        steps: [...steps],
        validFrom: validFrom.toISOString(),
      })),
      holidays: await listHolidays(now.getUTCFullYear(), setup.holidays),
      needs,
    };
  });

  app.route(contract.changeProfile, { policy }, ({ wijk, body }) =>
    changeProfile(services, wijk.id, body),
  );

  app.route(contract.changeThemes, { policy }, ({ wijk, body }) =>
    changeThemes(services, wijk.id, body.themes),
  );

  app.route(contract.changeCalendar, { policy }, ({ wijk, body }) =>
    changeCalendar(services, wijk, body),
  );

  app.route(contract.changePromisePolicy, { policy }, async ({ wijk, body }) => {
    const { validFrom, ...given } = body;
    const from = validFrom === undefined ? undefined : new Date(validFrom);
    return { version: await changePromisePolicy(services, wijk.id, given, from) };
  });

  app.route(contract.changeHolidays, { policy }, ({ wijk, body }) =>
    changeHolidays(services, wijk.id, body.closed),
  );

  app.route(contract.readModerationSetup, { policy }, async ({ wijk }) => {
    const { db, clock } = services;
    const [agreed, distress, hold] = await Promise.all([
      readModerationPolicy(db, wijk.id, clock.now()),
      readPhrases(db, wijk.id, 'distress'),
      readPhrases(db, wijk.id, 'hold'),
    ]);
    return { ...agreed, distress: [...distress.phrases], hold: [...hold.phrases] };
  });

  app.route(contract.changeModeration, { policy }, async ({ wijk, body }) => {
    const { validFrom, ...given } = body;
    const from = validFrom === undefined ? undefined : new Date(validFrom);
    return { version: await changeModeration(services, wijk.id, given, from) };
  });

  app.route(contract.changeWords, { policy }, ({ wijk, actor, body }) =>
    changeWords(services, wijk.id, body, signedIn(actor).personId),
  );

  app.route(contract.openWijk, { policy }, ({ wijk }) => openWijk(services, wijk.id));
}

function registerPages(app: App, services: Services): void {
  const policy = may('admin.wijk');

  app.route(
    contract.readOwnPage,
    { policy: open('privacy, accessibility and house rules are for everyone to read') },
    ({ wijk, params }) => shownPage(services, wijk, params.page),
  );

  app.route(contract.editOwnPage, { policy }, ({ wijk, params, query }) =>
    pageToEdit(services, wijk, params.page, query.version),
  );

  app.route(contract.changeOwnPage, { policy }, ({ wijk, actor, params, body }) =>
    writePage(services, wijk.id, params.page, { ...body, by: signedIn(actor).personId }),
  );

  app.route(contract.restoreOwnPage, { policy }, ({ wijk, actor, params, body }) =>
    restorePage(services, wijk.id, params.page, body.version, {
      basedOn: body.basedOn,
      by: signedIn(actor).personId,
    }),
  );
}

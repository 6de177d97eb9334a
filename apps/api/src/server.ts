import type { Server } from 'node:http';
import { DEMONSTRATION_ACCOUNTS, seedDemonstration } from '@wijk/db/seed';
import { systemClock } from '@wijk/domain/kernel';
import type { FastifyInstance } from 'fastify';
import { buildApp, createFastify } from './app.ts';
import { allJobs, composeServices } from './compose.ts';
import { type Config, readConfig } from './config.ts';
import { heed, heedAll } from './heed.ts';
import { BEAT_EVERY_MS } from './http/presence.ts';
import { loadPages, type PageHandler, pagesFinished } from './http/web.ts';
import { Listener } from './jobs/listener.ts';
import { Worker } from './jobs/worker.ts';
import { startMailbox } from './modules/demonstration/index.ts';
import type { Services } from './services.ts';
import {
  assertPortFree,
  installationSecret,
  isForPeople,
  type OpenedDatabase,
  openDatabase,
  portError,
  prepareDatabase,
} from './start-up.ts';

const STOP_WITHIN_MS = 15_000;
const TEND_EVERY_MS = 30_000;

/** What must be undone at the end, last one first. */
type Undo = () => Promise<unknown>;

/** Where pages come from: the build, or Vite in development. */
export type PageSource = (fastify: FastifyInstance) => Promise<{
  pages?: PageHandler;
  upgrades?: Server;
  close?: Undo;
}>;

/** Starts everything that this process is to be, and returns how to stop it. */
export async function start(config: Config, loadFrom: PageSource): Promise<Undo> {
  const undo: Undo[] = [];
  const stop = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    if (config.process !== 'worker') await assertPortFree(config.host, config.port);
    const fastify = createFastify(config);
    const { log } = fastify;
    const opened = await openDatabase(config, (line) => log.warn(line));
    undo.push(async () => opened.embedded?.stop());
    let stopping = false;
    undo.push(async () => {
      stopping = true;
    });
    const db = await prepareDatabase(config, opened, (err) => {
      if (!stopping) log.warn({ err: err.message }, 'database connection lost');
    });
    undo.push(() => db.$client.end());
    if (config.mode !== 'production')
      await seedDemonstration(opened.ownerUrl, { now: systemClock.now() });
    const smtpUrl = await mailServer(config, db, fastify, undo);
    const secret = installationSecret(config, opened.dataDir);
    const services = composeServices({ config, db, log, secret, smtpUrl });
    undo.push(async () => services.mailer.close());
    undo.push(() => services.book.close());
    const source = config.process === 'worker' ? {} : await loadFrom(fastify);
    if (source.close) undo.push(source.close);
    await buildApp(fastify, services, source.pages, source.upgrades);
    await work(config, services, opened, undo);
    if (config.process !== 'worker') await serve(config, fastify, services, undo);
    return async () => {
      services.state.stopping = true;
      await pagesFinished(services);
      await stop();
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Mail always leaves by SMTP: to the configured server, or to the demonstration's own mailbox. */
async function mailServer(
  config: Config,
  db: Services['db'],
  fastify: FastifyInstance,
  undo: Undo[],
): Promise<string> {
  if (config.smtpUrl) return config.smtpUrl;
  if (config.mode === 'production') {
    fastify.log.warn('SMTP_URL is missing: mail is kept until a mail server is named');
    return '';
  }
  const mailbox = await startMailbox({ db, clock: systemClock, log: fastify.log });
  undo.push(() => mailbox.stop());
  return `smtp://127.0.0.1:${mailbox.port}`;
}

async function work(
  config: Config,
  services: Services,
  opened: OpenedDatabase,
  undo: Undo[],
): Promise<void> {
  const worker = new Worker(services, allJobs);
  if (config.process !== 'api') {
    worker.start();
    undo.push(() => worker.stop());
  }
  const listener = new Listener({
    url: opened.appUrl,
    role: opened.role,
    log: services.log,
    heard: {
      live: (hint) => services.live.tell(hint),
      work: () => worker.wake(),
      sessionEnded: (id) => services.live.endSession(id),
      changed: (hint) => heed(services, hint),
      connected: () => heedAll(services),
    },
  });
  await listener.start();
  undo.push(() => listener.stop());
}

async function serve(
  config: Config,
  fastify: FastifyInstance,
  services: Services,
  undo: Undo[],
): Promise<void> {
  const timer = setInterval(() => {
    void services.live.tend().catch((err) => services.log.error({ err }, 'tending failed'));
  }, TEND_EVERY_MS);
  const beat = setInterval(() => void services.live.beat(), BEAT_EVERY_MS);
  undo.push(async () => {
    clearInterval(timer);
    clearInterval(beat);
  });
  try {
    await fastify.listen({ host: config.host, port: config.port });
  } catch (error) {
    throw portError(error as NodeJS.ErrnoException, config.host, config.port);
  }
  undo.push(() => fastify.close());
}

/** What a newcomer reads in the terminal. */
function greet(config: Config): void {
  const address = config.origins[0] ?? '';
  if (config.process === 'worker') {
    console.log('The worker is at work.');
    return;
  }
  console.log(`\nThe neighbourhood is open at ${address}\n`);
  if (config.mode === 'production') return;
  console.log('Sign in with one of these addresses; the code arrives in the mailbox page.\n');
  for (const { name, email, about } of DEMONSTRATION_ACCOUNTS)
    console.log(`  ${email.padEnd(42)} ${name}, ${about}`);
  console.log(`\nMail can be read at ${address}/dev/mail`);
  console.log('Stop with Ctrl-C. The data stays.\n');
}

/**
 * Runs until a signal, also when it comes while starting. A second signal ends it at once, but not
 * within a second: a signal to a whole group of processes often arrives twice.
 */
export async function main(loadFrom: PageSource): Promise<void> {
  let started: Promise<Undo> | undefined;
  let signalledAt: number | undefined;
  const onSignal = () => {
    if (signalledAt !== undefined) {
      if (performance.now() - signalledAt > 1000) process.exit(1);
      return;
    }
    signalledAt = performance.now();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    Promise.resolve(started)
      .then((stop) => stop?.())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const config = readConfig(process.env);
    started = start(config, loadFrom);
    await started;
    if (signalledAt === undefined) greet(config);
  } catch (error) {
    console.error(isForPeople(error) ? error.message : error);
    process.exit(1);
  }
}

process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(1);
});

if (import.meta.main) await main(async () => ({ pages: await loadPages() }));

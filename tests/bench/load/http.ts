import { randomUUID } from 'node:crypto';
import autocannon, { type Options } from 'autocannon';
import { type AskPlan, type GetPlan, type PostPlan, type Sample, Tally } from './plan.ts';

/** Reads the paths in turn, on as many connections as the plan says. */
export async function get({ paths, headers, ...plan }: GetPlan): Promise<Sample> {
  return fire(plan, 200, { requests: paths.map((path) => ({ method: 'GET', path, headers })) });
}

/** Sends the bodies in turn, as a page of the site does. */
export async function post({ path, bodies, ...plan }: PostPlan): Promise<Sample> {
  const headers = {
    'content-type': 'application/json',
    'sec-fetch-site': 'same-origin',
    origin: new URL(plan.url).origin,
  };
  return fire(plan, 200, {
    requests: bodies.map((body) => ({
      method: 'POST',
      path,
      headers,
      body: JSON.stringify(body),
    })),
  });
}

/** Asks one new question after the other: another member, text and key each time. */
export async function ask({ path, cookies, themes, ...plan }: AskPlan): Promise<Sample> {
  const origin = new URL(plan.url).origin;
  let n = 0;
  return fire(plan, 201, {
    requests: [
      {
        method: 'POST',
        path,
        setupRequest: (request) => {
          n += 1;
          return {
            ...request,
            headers: {
              'content-type': 'application/json',
              'idempotency-key': randomUUID(),
              'sec-fetch-site': 'same-origin',
              origin,
              cookie: cookies[n % cookies.length] ?? '',
            },
            body: JSON.stringify(questionText(n, themes)),
          };
        },
      },
    ],
  });
}

const WORDS =
  'wie kan mij helpen met de belasting een lekkende kraan het formulier van de gemeente mijn moeder vervoer naar het ziekenhuis op dinsdag een taalmaatje de container in onze straat'.split(
    ' ',
  );

function questionText(n: number, themes: string[]) {
  const words = (count: number, step: number) =>
    Array.from({ length: count }, (_, i) => WORDS[(n * step + i * (step + 2)) % WORDS.length]);
  return {
    title: `Vraag ${n}: ${words(6, 3).join(' ')}?`,
    body: `${words(40, 5).join(' ')}.\n\n${words(25, 7).join(' ')}.`,
    theme: themes[n % themes.length] ?? '',
    visibility: 'public',
  };
}

async function fire(
  plan: { url: string; seconds: number; connections: number },
  expected: number,
  { requests }: Pick<Options, 'requests'>,
): Promise<Sample> {
  const tally = new Tally();
  const startedAt = performance.now();
  let lastAt = startedAt;
  const run = autocannon({
    url: plan.url,
    connections: plan.connections,
    duration: plan.seconds,
    timeout: 10,
    requests,
  });
  run.on('response', (_client: unknown, status: number, _bytes: number, ms: number) => {
    lastAt = performance.now();
    if (status === expected) tally.time(ms);
    else tally.fault(`status ${status}`);
  });
  const { errors, timeouts } = await run;
  tally.fault('connection', errors - timeouts);
  tally.fault('timeout', timeouts);
  if (tally.count === 0) tally.fault('nothing was answered');
  return tally.sample(lastAt - startedAt);
}

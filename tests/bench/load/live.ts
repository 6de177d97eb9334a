import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { type LivePlan, type Sample, Tally } from './plan.ts';

/** The house allows forty sockets from one address; loopback has addresses enough. */
const SOCKETS_PER_ADDRESS = 30;
const HEARD_WITHIN_MS = 5000;
const PAUSE_MS = 100;

/**
 * Opens sockets that watch a question, answers it again and again, and takes the time from sending
 * the answer until each socket has heard of it. Presses and messages meet in this one process, so
 * there is one clock.
 */
export async function live(plan: LivePlan): Promise<Sample> {
  const heard = new Tally();
  const replied = new Tally();
  let sentAt = 0;
  let waitingFor = 0;
  let allHeard = () => {};
  const onChanged = () => {
    heard.time(performance.now() - sentAt);
    waitingFor -= 1;
    if (waitingFor === 0) allHeard();
  };
  const sockets = await openSockets(plan, onChanged);
  const startedAt = performance.now();
  for (let n = 0; performance.now() - startedAt < plan.seconds * 1000; n += 1) {
    waitingFor = sockets.length;
    const everyone = new Promise<void>((resolve) => {
      allHeard = resolve;
    });
    sentAt = performance.now();
    const status = await answer(plan, n);
    replied.time(performance.now() - sentAt);
    if (status !== 201) heard.fault(`status ${status}`);
    await Promise.race([everyone, pause(HEARD_WITHIN_MS, undefined, { ref: false })]);
    heard.fault('not heard', Math.max(0, waitingFor));
    await pause(PAUSE_MS);
  }
  const elapsed = performance.now() - startedAt;
  for (const socket of sockets) socket.terminate();
  return { ...heard.sample(elapsed), reply: replied.quantiles() };
}

async function openSockets(plan: LivePlan, onChanged: () => void): Promise<WebSocket[]> {
  const address = `${plan.url.replace(/^http/, 'ws')}/live?wijk=${plan.wijk}`;
  const topic = `question:${plan.question}`;
  return Promise.all(
    Array.from({ length: plan.sockets }, async (_, n) => {
      const socket = new WebSocket(address, {
        origin: plan.url,
        localAddress: `127.0.0.${2 + Math.floor(n / SOCKETS_PER_ADDRESS)}`,
      });
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'subscribe', topic }));
      const [first] = await once(socket, 'message');
      if (!String(first).includes('subscribed')) throw new Error(`not subscribed: ${first}`);
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as { type: string; kind?: string };
        if (message.type === 'changed' && message.kind === 'answer') onChanged();
      });
      return socket;
    }),
  );
}

async function answer(plan: LivePlan, n: number): Promise<number> {
  const response = await fetch(
    `${plan.url}/api/v1/wijken/${plan.wijk}/questions/${plan.question}/answers`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'sec-fetch-site': 'same-origin',
        origin: plan.url,
        cookie: plan.cookies[n % plan.cookies.length] ?? '',
      },
      body: JSON.stringify({ body: `Antwoord ${n}: bel eerst even met het wijkteam.` }),
    },
  );
  await response.text();
  return response.status;
}

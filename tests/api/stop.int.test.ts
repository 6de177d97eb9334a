import { once } from 'node:events';
import { expect, it } from 'vitest';
import { handshake, serveHouse, until } from './served-house.ts';

it('stops within about three seconds with open sockets, silent ones and a request under way', async () => {
  const house = await serveHouse();
  const live = `/live?wijk=${house.wijk.slug}`;
  const Origin = house.origin;
  const pages = await Promise.all([house.open(), house.open()]);
  // a page that answers nothing at all, not even the goodbye
  const deaf = await handshake(house, live, { Origin });
  deaf.socket.pause();
  const silent = await house.raw();
  const half = await house.raw();
  half.write('POST /api/v1/wijken/elzenhof/questions HTTP/1.1\r\nHost: ');
  const refused = await handshake(house, live, { Origin: 'https://evil.example' });
  const idle = await house.send({ path: '/api/v1/health/live' });
  expect(idle.status).toBe(200);

  const lock = await house.owner.$client.connect();
  await lock.query('begin; lock table vraagbaak.question in access exclusive mode');
  const underWay = house.send({ path: `/api/v1/wijken/${house.wijk.slug}/questions` });
  await until(async () => {
    const { rows } = await house.owner.$client.query(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    );
    return rows.length > 0;
  });
  setTimeout(() => {
    void lock.query('rollback').then(() => lock.release());
  }, 700);

  const startedAt = Date.now();
  await house.app.fastify.close();
  expect(Date.now() - startedAt).toBeLessThan(3500);
  expect((await underWay).status).toBe(200);
  for (const page of pages) expect(await page.closed).toBe(1012);
  const late = await house.raw().catch((error: NodeJS.ErrnoException) => error.code);
  expect(late).toBe('ECONNREFUSED');
  for (const socket of [deaf.socket, silent, half, refused.socket]) {
    socket.resume();
    if (!socket.closed) await Promise.race([once(socket, 'close'), until(() => socket.destroyed)]);
  }
  await house.close();
}, 30_000);

it('does not wait for a connection that a browser only opened in advance', async () => {
  const house = await serveHouse();
  const silent = await house.raw();
  await house.send({ path: '/api/v1/health/live' });
  const startedAt = Date.now();
  await house.app.fastify.close();
  expect(Date.now() - startedAt).toBeLessThan(1000);
  silent.destroy();
  await house.close();
});

import type { IncomingMessage, ServerResponse } from 'node:http';
import Fastify from 'fastify';
import pg from 'pg';

// What the same tools do when they do nothing of ours: the baselines that figures stand beside.
type PageHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
};

// mounted as the house mounts its pages: headers tell address, host and protocol
Object.assign(process.env, {
  ADDRESS_HEADER: 'x-wijk-address',
  HOST_HEADER: 'x-wijk-host',
  PROTOCOL_HEADER: 'x-wijk-proto',
});
const { handler } = (await import(env('BENCH_HANDLER'))) as { handler: PageHandler };
const pool = new pg.Pool({ connectionString: env('DATABASE_URL'), max: 10 });
const fastify = Fastify();

fastify.get<{ Params: { id: string } }>('/read/:id', async (request) => {
  const { rows } = await pool.query({
    name: 'read',
    text: 'select aid, bid, abalance, filler from accounts where aid = $1',
    values: [request.params.id],
  });
  return rows[0];
});

fastify.get('/*', (request, reply) => {
  const { raw } = request;
  raw.headers['x-wijk-address'] = request.ip;
  raw.headers['x-wijk-host'] = raw.headers.host ?? '';
  raw.headers['x-wijk-proto'] = 'http';
  reply.hijack();
  handler(raw, reply.raw, () => {
    reply.raw.statusCode = 404;
    reply.raw.end();
  });
});

await fastify.listen({ host: '127.0.0.1', port: Number(env('PORT')) });

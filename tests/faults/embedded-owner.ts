import { startEmbedded } from '@wijk/infra/embedded';

// A process that owns an embedded database and does nothing else, for embedded.test.ts. It tells
// its life in lines of JSON and stops in order on SIGINT.
const tell = (what: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(what)}\n`);

const database = await startEmbedded({
  dataDir: process.argv[2] ?? '',
  log: (line) => tell({ log: line }),
  onLost: () => tell({ lost: true }),
  onRestored: () => tell({ restored: true }),
});
const life = setInterval(() => undefined, 1_000);
process.on('SIGINT', async () => {
  await database.stop();
  clearInterval(life);
  tell({ stopped: true });
});
tell({ pid: database.pid, port: database.port, ownerUrl: database.ownerUrl() });

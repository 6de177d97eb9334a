import { forgetOldDemonstrationMail, keepMail } from '@wijk/db/demonstration';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { Services } from '../../services.ts';

const MAX_BYTES = 1024 * 1024;
const STOP_WITHIN_MS = 1000;

export interface Mailbox {
  port: number;
  stop(): Promise<void>;
}

/**
 * The demonstration's mail server: real SMTP on a free port of this machine alone. What comes in is
 * kept in the database and goes no further.
 */
export async function startMailbox({
  db,
  clock,
  log,
}: Pick<Services, 'db' | 'clock' | 'log'>): Promise<Mailbox> {
  await forgetOldDemonstrationMail(db, clock.now());
  const server = new SMTPServer({
    banner: 'demonstration mailbox',
    size: MAX_BYTES,
    hideSTARTTLS: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: STOP_WITHIN_MS,
    onData(stream, { envelope }, done) {
      const recipients = envelope.rcptTo.map(({ address }) => address.toLowerCase());
      receive(stream)
        .then(async (raw) => {
          const { subject = '' } = await PostalMime.parse(raw);
          const now = clock.now();
          await keepMail(db, { recipients, subject, raw: raw.toString('utf8') }, now);
        })
        .then(
          () => done(),
          (err: Error & { responseCode?: number }) => {
            log.warn({ err }, 'demonstration mail was not kept');
            err.responseCode ??= 451;
            done(err);
          },
        );
    },
  });
  server.on('error', (err) => log.warn({ err }, 'demonstration mail server'));
  const port = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return { port, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

async function receive(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // read to the end in any case: SMTP only answers after the last line
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw Object.assign(new Error('too large'), { responseCode: 552 });
  return Buffer.concat(chunks);
}

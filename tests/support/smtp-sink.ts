import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** exactly as it came over the wire */
  readonly raw: string;
}

/** A real SMTP server of the test's own, which can be told to refuse. */
export interface SmtpSink {
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** Called with each recipient; throw `refusal(550)` and the like to refuse. */
  onRecipient: (address: string) => void | Promise<void>;
  /** Called with each mail before the server says yes. */
  onMail: (mail: ReceivedMail) => void | Promise<void>;
  stop(): Promise<void>;
}

export const refusal = (responseCode: number): Error =>
  Object.assign(new Error(`refused with ${responseCode}`), { responseCode });

export async function startSmtpSink(): Promise<SmtpSink> {
  const server = new SMTPServer({
    hideSTARTTLS: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    onRcptTo({ address }, _session, done) {
      run(() => sink.onRecipient(address), done);
    },
    onData(stream, session, done) {
      run(async () => {
        const mail = await receive(stream, session);
        await sink.onMail(mail);
        sink.mails.push(mail);
      }, done);
    },
  });
  server.on('error', () => {});
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const sink: SmtpSink = {
    url: `smtp://127.0.0.1:${port}`,
    mails: [],
    onRecipient: () => {},
    onMail: () => {},
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
  return sink;
}

function run(work: () => void | Promise<void>, done: (err?: Error | null) => void): void {
  Promise.resolve()
    .then(work)
    .then(() => done(), done);
}

async function receive(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<ReceivedMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return {
    from: envelope.mailFrom ? envelope.mailFrom.address : '',
    to: envelope.rcptTo.map(({ address }) => address),
    raw: Buffer.concat(chunks).toString('utf8'),
  };
}

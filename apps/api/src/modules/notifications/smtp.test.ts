import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Mailer } from './smtp.ts';

const MAIL = {
  messageId: '<1@localhost>',
  from: { name: 'Elzenhof', address: 'wijk@localhost' },
  to: { name: 'Henk', address: 'henk@voorbeeld.example' },
  subject: 'Er is een antwoord',
  text: 'Dag',
  html: '<p>Dag</p>',
  date: new Date('2026-03-02T10:00:00Z'),
};
const LIMITS = { connect: 150, silence: 150, whole: 400 };

let server: Server | undefined;
let mailer: Mailer;
beforeEach(() => {
  mailer = new Mailer(LIMITS);
});
afterEach(async () => {
  mailer.close();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
});

async function listen(talk: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => {}).resume();
    talk(socket);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a mail server that never speaks is left', async () => {
  const url = await listen(() => {});
  await expect(mailer.send(url, MAIL)).rejects.toMatchObject({ permanent: false });
});

test('a mail server that falls silent is left', async () => {
  const url = await listen((socket) => socket.write('220 hello\r\n'));
  await expect(mailer.send(url, MAIL)).rejects.toMatchObject({
    permanent: false,
    message: 'SMTP ETIMEDOUT',
  });
});

test('a mail server that keeps dripping is left as well', async () => {
  const url = await listen((socket) => {
    socket.write('220 hello\r\n');
    const drip = setInterval(() => socket.write('250-more\r\n'), 50);
    socket.on('close', () => clearInterval(drip));
    setTimeout(() => socket.destroy(), 1000);
  });
  await expect(mailer.send(url, MAIL)).rejects.toMatchObject({
    permanent: false,
    message: 'too slow',
  });
});

test('a refusal of us, rather than of the mail, may pass', async () => {
  const url = await listen((socket) => socket.end('554 not now\r\n'));
  await expect(mailer.send(url, MAIL)).rejects.toMatchObject({ permanent: false });
});

/** A mail server that says yes to everything, and hangs up on whoever starts with one mail too many. */
function obliging(socket: Socket, mailsEach: number): void {
  let mails = 0;
  let inMail = false;
  socket.write('220 hello\r\n');
  socket.on('data', (data) => {
    for (const line of data.toString().split('\r\n').slice(0, -1)) {
      if (inMail && line !== '.') continue;
      if (!inMail && mails === mailsEach && line.startsWith('MAIL')) return socket.destroy();
      if (inMail) mails += 1;
      inMail = line === 'DATA';
      socket.write(inMail ? '354 go on\r\n' : '250 yes\r\n');
    }
  });
}

test('a connection serves the mails that follow', async () => {
  let connections = 0;
  const url = await listen((socket) => {
    connections += 1;
    obliging(socket, Number.POSITIVE_INFINITY);
  });
  for (let i = 0; i < 3; i += 1) await mailer.send(url, MAIL);
  expect(connections).toBe(1);
});

test('a mail server that hung up in between is connected to again', async () => {
  let connections = 0;
  const url = await listen((socket) => {
    connections += 1;
    obliging(socket, 1);
  });
  for (let i = 0; i < 3; i += 1) await mailer.send(url, MAIL);
  expect(connections).toBe(3);
});

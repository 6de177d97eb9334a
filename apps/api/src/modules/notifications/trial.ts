import type { ReplyOf, sendTestMail } from '@wijk/contracts';
import nodemailer from 'nodemailer';

type Trial = Pick<ReplyOf<typeof sendTestMail>, 'outcome' | 'said' | 'server'>;

/** Shorter than a request may take, in milliseconds. */
const LIMITS = { connect: 4000, silence: 6000, whole: 8000 };
const SAID_MAX = 300;

export interface TrialMail {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  date: Date;
}

/**
 * Hands one mail to the mail server over a connection of its own, without the queue and without a
 * second try, and tells how that went. Never throws: a failure is the answer.
 */
export async function tryMail(url: string, mail: TrialMail, limits = LIMITS): Promise<Trial> {
  if (url === '') return { outcome: 'none', said: '', server: '' };
  const server = serverOf(url);
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: limits.connect,
    greetingTimeout: limits.connect,
    dnsTimeout: limits.connect,
    socketTimeout: limits.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    const late = Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' });
    timer = setTimeout(() => reject(late), limits.whole);
  });
  try {
    const { response } = (await Promise.race([transport.sendMail(mail), tooLong])) as {
      response?: unknown;
    };
    return { outcome: 'accepted', said: wordsOf(response), server };
  } catch (error) {
    return {
      outcome: outcomeOf(error),
      said: wordsOf((error as { response?: unknown }).response),
      server,
    };
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

/** Host and port, without name and password. */
function serverOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'smtps:' ? '465' : '587')}`;
}

function outcomeOf(error: unknown): Trial['outcome'] {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (code === 'EAUTH' || responseCode === 535) return 'sign-in';
  if (typeof responseCode === 'number') return 'refused';
  if (code === 'ETIMEDOUT') return 'timed-out';
  return 'unreachable';
}

/** What the server said, in one line; addresses and anything that looks like a secret are left out. */
export function wordsOf(response: unknown): string {
  if (typeof response !== 'string') return '';
  return response
    .replace(/[\r\n]+/g, ' ')
    .replace(/\p{C}/gu, '')
    .replace(/[^\s<>@]+@[^\s<>@]+/g, '…')
    .replace(/[A-Za-z0-9+/=_-]{24,}/g, '…')
    .slice(0, SAID_MAX)
    .trim();
}

import nodemailer from 'nodemailer';

/** Longer than any of these a mail server may not take, in milliseconds. */
const LIMITS = { connect: 5000, silence: 10_000, whole: 25_000 };
/** Long enough for a burst of mails, too short for a mail server to hang up on us meanwhile. */
const IDLE_MS = 5000;
/** As many connections as lanes send mail; a server that allows fewer refuses for a while only. */
export const MAIL_LANES = 4;

export interface OutgoingMail {
  messageId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  date: Date;
  /** iCalendar for the reader's calendar */
  invitation?: { method: 'REQUEST' | 'CANCEL'; text: string };
  /** where this kind of mail can be refused; absent for mail that may not be refused */
  unsubscribe?: { url: string; mailto?: string };
}

/** What went wrong, without anything that names a person. */
export class SmtpError extends Error {
  /** the server will never take this mail */
  readonly permanent: boolean;

  constructor(what: string, permanent: boolean) {
    super(what);
    this.name = 'SmtpError';
    this.permanent = permanent;
  }
}

/**
 * Hands mails to a mail server, over real SMTP. A connection serves one mail at a time and is kept for
 * a moment for the next one: many servers make a new one wait before they greet.
 */
export class Mailer {
  readonly #limits: typeof LIMITS;
  readonly #transports = new Map<string, ReturnType<typeof pooled>>();

  constructor(limits = LIMITS) {
    this.#limits = limits;
  }

  /**
   * Returns when the server said yes.
   * @throws SmtpError
   */
  async send(url: string, mail: OutgoingMail): Promise<void> {
    const { from, to, text, html, unsubscribe, invitation, ...rest } = mail;
    // ends this mail's connection too: a server that drips is never silent
    const signal = AbortSignal.timeout(this.#limits.whole);
    try {
      await this.#transport(url).sendMail({
        ...rest,
        signal,
        from,
        // one reader to a mail, and the envelope says the same as the headers
        to: [to],
        envelope: { from: from.address, to: [to.address] },
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          ...listHeaders(unsubscribe),
        },
        alternatives: [
          { contentType: 'text/plain; charset=utf-8; format=flowed', content: text },
          { contentType: 'text/html; charset=utf-8', content: html },
        ],
        ...(invitation
          ? {
              icalEvent: {
                method: invitation.method,
                filename: 'afspraak.ics',
                content: invitation.text,
              },
            }
          : {}),
        // the words are for their reader, not for a search in the raw mail
        textEncoding: 'quoted-printable',
      });
    } catch (error) {
      throw signal.aborted ? new SmtpError('too slow', false) : smtpError(error);
    }
  }

  /** Hangs up, where a mail is under way as soon as that is done. */
  close(): void {
    for (const transport of this.#transports.values()) transport.close();
    this.#transports.clear();
  }

  #transport(url: string): ReturnType<typeof pooled> {
    const known = this.#transports.get(url);
    if (known) return known;
    const fresh = pooled(url, this.#limits);
    this.#transports.set(url, fresh);
    return fresh;
  }
}

function pooled(url: string, limits: typeof LIMITS) {
  return nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: MAIL_LANES,
    idleTimeout: IDLE_MS,
    // once more where the server hung up on a resting connection; else our own retries decide
    maxRequeues: 1,
    connectionTimeout: limits.connect,
    greetingTimeout: limits.connect,
    dnsTimeout: limits.connect,
    socketTimeout: limits.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** One press unsubscribes, without signing in (RFC 8058); the address comes first (RFC 2369). */
function listHeaders(unsubscribe: OutgoingMail['unsubscribe']): Record<string, string> {
  if (!unsubscribe) return {};
  const { url, mailto } = unsubscribe;
  return {
    'List-Unsubscribe': [url, ...(mailto ? [mailto] : [])].map((uri) => `<${uri}>`).join(', '),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

/** Refusals of this reader or this mail are for good; those of us (as at sign-in) may pass. */
const ABOUT_THIS_MAIL = new Set(['EENVELOPE', 'EMESSAGE']);

function smtpError(error: unknown): SmtpError {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const name = typeof code === 'string' && /^[A-Z0-9]{1,20}$/.test(code) ? code : 'failed';
  const status = typeof responseCode === 'number' ? responseCode : undefined;
  const permanent = status !== undefined && status >= 500 && ABOUT_THIS_MAIL.has(name);
  return new SmtpError(status ? `SMTP ${status} ${name}` : `SMTP ${name}`, permanent);
}

import nodemailer from 'nodemailer';

/** Longer than any of these a mail server may not take, in milliseconds. */
const LIMITS = { connect: 5000, silence: 10_000, whole: 25_000 };

export interface OutgoingMail {
  messageId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  date: Date;
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
 * Hands one mail to the mail server, over real SMTP, and returns when it said yes.
 * @throws SmtpError
 */
export async function sendBySmtp(url: string, mail: OutgoingMail, limits = LIMITS): Promise<void> {
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
    timer = setTimeout(() => reject(new SmtpError('too slow', false)), limits.whole);
  });
  try {
    const { from, to, text, html, unsubscribe, ...rest } = mail;
    const sending = transport.sendMail({
      ...rest,
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
      // the words are for their reader, not for a search in the raw mail
      textEncoding: 'quoted-printable',
    });
    await Promise.race([sending, tooLong]);
  } catch (error) {
    throw error instanceof SmtpError ? error : smtpError(error);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
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

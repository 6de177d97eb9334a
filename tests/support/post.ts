import type { Events, EventType } from '@wijk/contracts';
import { appendEvent, inTransaction } from '@wijk/db/kernel';
import { sendDueMail } from '../../apps/api/src/modules/notifications/index.ts';
import type { House } from './house.ts';
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts';

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** names in lower case */
  headers: ReadonlyMap<string, string>;
  raw: string;
}

/** The post of a house: real SMTP to a server of the test's own. */
export interface Post {
  sink: SmtpSink;
  /** does all work that is due, mail included; what was sent by it */
  settle(): Promise<Letter[]>;
  /** writes an event as a module would, in a transaction of its own */
  emit<T extends EventType>(type: T, payload: Events[T], wijkId?: string): Promise<string>;
  stop(): Promise<void>;
}

/** What a parser of mails makes of one; postal-mime is a package of apps/api, so its tests hand it in. */
type Parse = (raw: string) => Promise<{
  to?: readonly { address?: string | undefined }[] | undefined;
  subject?: string | undefined;
  text?: string | undefined;
  html?: string | undefined;
  headers: readonly { key: string; value: string }[];
}>;

export async function openPost(house: House, parse: Parse): Promise<Post> {
  const { services } = house;
  const sink = await startSmtpSink();
  services.smtpUrl = sink.url;
  return {
    sink,
    settle: async () => {
      const before = sink.mails.length;
      await house.work();
      while ((await sendDueMail(services)) > 0) await house.work();
      return Promise.all(sink.mails.slice(before).map(({ raw }) => readLetter(raw, parse)));
    },
    emit: (type, payload, wijkId = house.wijk.id) =>
      inTransaction(services.db, (tx) =>
        appendEvent(tx, services.subscriptions, services.clock.now(), {
          wijkId,
          type,
          payload: { ...payload },
        }),
      ),
    stop: () => sink.stop(),
  };
}

async function readLetter(raw: string, parse: Parse): Promise<Letter> {
  const mail = await parse(raw);
  return {
    to: mail.to?.[0]?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: new Map(mail.headers.map(({ key, value }) => [key, value])),
    raw,
  };
}

/** Address and subject, sorted. */
export const summaryOf = (letters: readonly Letter[]): string[] =>
  letters.map(({ to, subject }) => `${to}: ${subject}`).sort();

/** The path of the first link in a mail. */
export const linkOf = ({ text }: Letter): string =>
  new URL(/http:\/\/\S+/.exec(text)?.[0] ?? 'http://none/').pathname;

import * as contract from '@wijk/contracts';
import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { refusal, type SmtpSink, startSmtpSink } from '../../../../../tests/support/smtp-sink.ts';
import type { Services } from '../../services.ts';
import { sendDueMail, sendOneMail } from './index.ts';

const START = new Date('2026-11-18T10:00:00Z');
let house: House;
let sink: SmtpSink;
let services: Services;
let fatima: Guest;
let henk: Guest;
let els: Guest;
let noor: Guest;
let johan: Guest;
let anil: Guest;
let esra: Guest;

beforeAll(async () => {
  [house, sink] = await Promise.all([openHouse(), startSmtpSink()]);
  services = house.services;
  services.smtpUrl = sink.url;
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  els = await house.guest('Els Wagenaar');
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['editor', 'chief-editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
  esra = await house.guest('Esra Yilmaz', ['expert']);
});

beforeEach(async () => {
  await settle();
  for (const table of ['notifications.mail', 'kernel.delivery', 'vraagbaak.promise_step'])
    await house.owner.execute(sql`delete from ${sql.raw(table)}`);
  sink.mails.length = 0;
  sink.onRecipient = () => {};
  sink.onMail = () => {};
});

afterAll(() => Promise.all([house.close(), sink.stop()]));

/** All events and all mails, as a worker would. */
async function settle(): Promise<void> {
  await house.work();
  while ((await sendDueMail(services)) > 0) await house.work();
}

const QUESTION = {
  title: 'Wie betaalt een traplift?',
  body: 'Mijn man komt de trap bijna niet meer op.',
  theme: 'zorg-regelen',
};
type Visibility = 'public' | 'anonymous' | 'private';

async function ask(visibility: Visibility = 'public'): Promise<string> {
  const body = { ...QUESTION, visibility };
  return ok(await house.call(contract.askQuestion, fatima, { body })).ref;
}
const answer = (who: Guest, question: string) =>
  house.call(contract.answerQuestion, who, {
    params: { question },
    body: { body: 'Bel het Wmo-loket, dat is gratis.' },
  });
const assign = (question: string, expert: Guest) =>
  house.call(contract.assignQuestion, noor, {
    params: { question },
    body: { expert: expert.membershipId, note: 'Weet jij dit?' },
  });

async function read(raw: string) {
  const mail = await PostalMime.parse(raw);
  return {
    to: mail.to?.[0]?.address,
    subject: mail.subject,
    text: mail.text ?? '',
    html: mail.html,
  };
}
/** What came in, by address. */
async function received(): Promise<Map<string, Awaited<ReturnType<typeof read>>>> {
  const mails = await Promise.all(sink.mails.map(({ raw }) => read(raw)));
  expect(new Set(mails.map((m) => `${m.to} ${m.subject}`)).size).toBe(mails.length);
  return new Map(mails.map((mail) => [mail.to ?? '', mail]));
}
const linkIn = (text: string) => /http:\/\/\S+/.exec(text)?.[0] ?? '';
const queue = async () =>
  (
    await house.owner.execute<Record<string, unknown>>(sql`
      select template, status, attempts, address, params, last_error, due_at from notifications.mail
      order by id`)
  ).rows;

describe('the one way by mail', () => {
  it('a guest types the mailed code, and gets the promise in words', async () => {
    const email = 'gast@voorbeeld.example';
    const { challenge } = ok(
      await house.call(contract.askAsGuest, null, {
        body: { ...QUESTION, visibility: 'public', name: 'Gast Buurman', email },
      }),
    );
    await settle();
    const codeMail = (await received()).get(email);
    const code = /^\d{6}$/m.exec(codeMail?.text ?? '')?.[0] ?? '';
    expect(codeMail?.subject).toBe('Uw code voor Elzenhof');
    expect(codeMail?.text).toContain('http://localhost:3000/w/elzenhof/inloggen/code');

    sink.mails.length = 0;
    const entered = ok(await house.call(contract.signIn, null, { body: { challenge, code } }));
    expect(entered).toMatchObject({ needsName: false, actor: { name: 'Gast Buurman' } });
    expect(entered.question).toMatchObject({ slug: 'wie-betaalt-een-traplift' });
    await settle();
    const mail = (await received()).get(email);
    expect(mail?.subject).toBe('We hebben uw vraag ontvangen');
    expect(mail?.text).toContain('Dag Gast Buurman,');
    expect(mail?.text).toContain('voor morgen 11.00 uur hebt u antwoord');
    expect(mail?.text).toContain(QUESTION.title);
    expect(linkIn(mail?.text ?? '')).toBe(
      `http://localhost:3000/w/elzenhof/vragen/${entered.question?.ref}`,
    );
  });

  it('asker and followers are told of an answer, whoever answered is not', async () => {
    const question = await ask();
    for (const who of [henk, els, anil])
      await house.call(contract.followQuestion, who, { params: { question } });
    await settle();
    sink.mails.length = 0;
    await answer(anil, question);
    await settle();
    const mails = await received();
    expect([...mails.keys()].sort()).toEqual([els.email, fatima.email, henk.email].sort());
    expect(mails.get(fatima.email)?.subject).toBe('Er is een antwoord op uw vraag');
    expect(mails.get(henk.email)?.subject).toBe('Er is een antwoord op een vraag die u volgt');
    for (const { text } of mails.values()) expect(text).not.toContain('Wmo-loket');
  });

  it('the asker is not told of an answer of their own', async () => {
    const question = await ask();
    await settle();
    sink.mails.length = 0;
    await answer(fatima, question);
    await settle();
    expect(sink.mails).toEqual([]);
  });

  it('the expert gets a link that opens the question', async () => {
    const question = await ask();
    await settle();
    sink.mails.length = 0;
    await assign(question, anil);
    await settle();
    const mail = (await received()).get(anil.email);
    expect(mail?.subject).toBe('De redactie vraagt uw hulp bij een vraag');
    expect(mail?.text).toContain('werkt 7 dagen');
    expect(mail?.text).not.toContain('Weet jij dit?');
    const token = linkIn(mail?.text ?? '').split('/antwoord/')[1] ?? '';
    const opened = ok(await house.call(contract.readAnswerLink, null, { params: { token } }));
    expect(opened.question.title).toBe(QUESTION.title);
    expect(JSON.stringify(await queue())).not.toContain(token);
  });

  it('whoever was asked is reminded once; where nobody was, the redactie is', async () => {
    const assigned = await ask();
    await ask();
    await assign(assigned, anil);
    await settle();
    sink.mails.length = 0;
    house.clock.advance(12 * HOUR_MS);
    await settle();
    const mails = await received();
    expect(mails.get(anil.email)?.subject).toBe('Herinnering: een vraag wacht op uw antwoord');
    expect(linkIn(mails.get(anil.email)?.text ?? '')).toContain('/antwoord/');
    for (const editor of [noor, johan])
      expect(mails.get(editor.email)?.subject).toBe('Een vraag heeft nog niemand die antwoordt');
    await settle();
    expect(sink.mails).toHaveLength(3);
  });

  it('the redactie is mailed when a question must hurry, and told in the app when it is late', async () => {
    const question = await ask();
    house.clock.advance(13 * HOUR_MS);
    await settle();
    sink.mails.length = 0;
    house.clock.advance(6 * HOUR_MS);
    await settle();
    const mails = await received();
    expect([...mails.keys()].sort()).toEqual([johan.email, noor.email].sort());
    expect(mails.get(noor.email)?.subject).toBe('Een vraag moet snel antwoord krijgen');
    expect(linkIn(mails.get(noor.email)?.text ?? '')).toBe(
      `http://localhost:3000/w/elzenhof/redactie/${question}`,
    );
    sink.mails.length = 0;
    house.clock.advance(3 * HOUR_MS);
    await settle();
    // the chief editor at nine tenths of the term, the asker once it is over, and nobody else
    const nearly = await received();
    expect([...nearly.keys()]).toEqual([johan.email]);
    expect(nearly.get(johan.email)?.subject).toBe('Een vraag moet snel antwoord krijgen');
    sink.mails.length = 0;
    house.clock.advance(3 * HOUR_MS);
    await settle();
    const late = await received();
    expect([...late.keys()]).toEqual([fatima.email]);
    expect(late.get(fatima.email)?.subject).toBe('Uw antwoord komt later dan we beloofden');
  });
});

describe('what a mail never tells', () => {
  it.each(['anonymous', 'private'] as const)('anything of a question that is %s', async (how) => {
    const question = await ask(how);
    await house.call(contract.followQuestion, henk, { params: { question } });
    await assign(question, anil);
    await settle();
    house.clock.advance(19 * HOUR_MS);
    await settle();
    await answer(noor, question);
    await settle();
    expect(sink.mails.length).toBeGreaterThan(5);
    for (const { raw } of sink.mails) {
      const { text, html, subject } = await read(raw);
      for (const part of [raw, text, html, subject])
        expect(part).not.toMatch(/traplift|Mijn man|Wmo-loket|Weet jij/i);
      if (!raw.includes(fatima.email)) expect(raw).not.toContain('Fatima');
    }
  });

  it('a title in its headers', async () => {
    await ask();
    await settle();
    const [mail] = sink.mails;
    const headers = mail?.raw.split('\r\n\r\n')[0] ?? '';
    expect(headers).not.toMatch(/traplift/i);
    expect(mail?.raw).toMatch(/traplift/);
  });

  it('who asked, to anyone who reads the queue', async () => {
    await ask('anonymous');
    await house.work();
    const rows = JSON.stringify(await queue());
    expect(rows).toContain('question-received');
    for (const trace of [fatima.email, fatima.membershipId, fatima.personId])
      expect(rows).not.toContain(trace);
  });
});

describe('a mail over SMTP', () => {
  it('has one reader, a stable Message-ID and says that it is automatic', async () => {
    await ask();
    await settle();
    const [mail] = sink.mails;
    expect(mail?.to).toEqual([fatima.email]);
    expect(mail?.from).toBe('wijk@localhost');
    const headers = mail?.raw.split('\r\n\r\n')[0] ?? '';
    expect(headers).toMatch(/^Message-ID: <[0-9a-f-]{36}@localhost>$/m);
    expect(headers).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(headers).toMatch(/^To: "?Fatima Amrani"? <fatima\.amrani@voorbeeld\.example>$/m);
    expect(headers.match(/^(To|Cc|Bcc):/gim)).toHaveLength(1);
    const { text, html } = await read(mail?.raw ?? '');
    expect(text).toContain('de redactie van Elzenhof');
    expect(html).toContain('<html lang="nl">');
    expect(html).not.toMatch(/<(img|script|link)\b|url\(/i);
  });

  it('keeps a name that looks like headers or markup harmless', async () => {
    const evil = 'Els <els@kwaad.example>, "x" & <b>Bcc: y@z.example';
    await house.owner.execute(
      sql`update identity.person set name = ${`${evil}\r\nBcc: kwaad@z.example`} where id = ${fatima.personId}`,
    );
    await ask();
    await settle();
    await house.owner.execute(
      sql`update identity.person set name = 'Fatima Amrani' where id = ${fatima.personId}`,
    );
    const [mail] = sink.mails;
    expect(mail?.to).toEqual([fatima.email]);
    const headers = mail?.raw.split('\r\n\r\n')[0] ?? '';
    expect(headers).not.toMatch(/^bcc/im);
    const parsed = await PostalMime.parse(mail?.raw ?? '');
    expect(parsed.to).toHaveLength(1);
    expect(parsed.html).toContain('&lt;b&gt;');
    expect(parsed.html).not.toContain('<b>');
  });

  it('is emptied once it was sent', async () => {
    ok(await house.call(contract.requestCode, null, { body: { email: 'leeg@voorbeeld.example' } }));
    expect((await queue())[0]).toMatchObject({ address: 'leeg@voorbeeld.example' });
    await settle();
    expect(await queue()).toEqual([
      expect.objectContaining({ status: 'sent', address: null, params: {} }),
    ]);
  });

  it('is skipped when there is nothing to say any more', async () => {
    ok(await house.call(contract.requestCode, null, { body: { email: 'laat@voorbeeld.example' } }));
    house.clock.advance(11 * MINUTE_MS);
    const question = await ask();
    await assign(question, anil);
    await house.work();
    house.clock.advance(1000);
    await assign(question, esra);
    await house.call(contract.withdrawQuestion, fatima, { params: { question: await ask() } });
    await settle();
    expect((await queue()).map(({ template, status }) => `${template} ${status}`).sort()).toEqual([
      'assigned sent',
      'assigned skipped',
      'code skipped',
      'question-received sent',
    ]);
    expect([...(await received()).keys()].sort()).toEqual([esra.email, fatima.email].sort());
  });

  it('holds no transaction while the mail server takes its time', async () => {
    await ask();
    await house.work();
    let open = -1;
    sink.onMail = async () => {
      const { rows } = await house.owner.execute<{ n: number }>(sql`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%'`);
      open = rows[0]?.n ?? -1;
    };
    await sendDueMail(services);
    expect(open).toBe(0);
  });
});

describe('when sending fails', () => {
  it('a passing refusal is tried again, later each time, and given up after a day and a half', async () => {
    await ask();
    await house.work();
    sink.onMail = () => {
      throw refusal(451);
    };
    const waits = [];
    for (let i = 0; i < 45; i += 1) {
      expect(await sendDueMail(services)).toBe(1);
      const [row] = await queue();
      expect(row).toMatchObject({ status: 'pending', attempts: i + 1 });
      waits.push(new Date(String(row?.due_at)).getTime() - house.clock.now().getTime());
      house.clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits.slice(0, 4)).toEqual([5000, 10_000, 20_000, 40_000]);
    const hours = waits.reduce((a, b) => a + b, 0) / 3_600_000;
    expect(Math.round(hours)).toBe(36);
    await sendDueMail(services);
    expect(await queue()).toEqual([
      expect.objectContaining({ status: 'dead', attempts: 46, last_error: 'SMTP 451 EMESSAGE' }),
    ]);
    expect(sink.mails).toEqual([]);
  });

  it('a refusal for good is given up at once, and says nothing of whom', async () => {
    sink.onRecipient = () => {
      throw refusal(550);
    };
    ok(await house.call(contract.requestCode, null, { body: { email: 'weg@voorbeeld.example' } }));
    await sendDueMail(services);
    expect(await queue()).toEqual([
      expect.objectContaining({
        status: 'dead',
        attempts: 1,
        last_error: 'SMTP 550 EENVELOPE',
        address: null,
        params: {},
      }),
    ]);
  });

  it('a mail server that is away costs nothing but time', async () => {
    await ask();
    await house.work();
    await sendDueMail({ ...services, smtpUrl: 'smtp://127.0.0.1:1' });
    expect(await queue()).toEqual([
      expect.objectContaining({ status: 'pending', last_error: 'SMTP ESOCKET' }),
    ]);
    house.clock.advance(5000);
    await sendDueMail(services);
    expect(sink.mails).toHaveLength(1);
  });

  it('a crash after the yes of the mail server doubles the mail under the same Message-ID', async () => {
    await ask();
    await house.work();
    const crashed = new Proxy(services.db, {
      get(db, name, self) {
        const writes = name === 'update' || name === 'transaction' || name === '$client';
        if (writes && sink.mails.length > 0) throw new Error('crash');
        return Reflect.get(db, name, self);
      },
    });
    await expect(sendOneMail({ ...services, db: crashed })).rejects.toThrow('crash');
    expect(sink.mails).toHaveLength(1);
    expect(await sendDueMail(services)).toBe(0);
    house.clock.advance(MINUTE_MS);
    expect(await sendDueMail(services)).toBe(1);
    const ids = sink.mails.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('several workers send each mail once', async () => {
    for (let i = 0; i < 12; i += 1) await ask();
    await house.work();
    const counts = await Promise.all(Array.from({ length: 5 }, () => sendDueMail(services)));
    expect(counts.reduce((sum, n) => sum + n)).toBe(12);
    expect(new Set(sink.mails.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1])).size).toBe(
      12,
    );
    expect(sink.mails).toHaveLength(12);
  });

  it('an event that is handled twice makes one mail and one notice', async () => {
    const question = await ask();
    await house.call(contract.followQuestion, henk, { params: { question } });
    await answer(anil, question);
    await settle();
    const sent = sink.mails.length;
    const notices = async () =>
      (await house.owner.execute(sql`select id from notifications.notice order by id`)).rows;
    const before = await notices();
    await house.owner.execute(
      sql`update kernel.delivery set status = 'pending', due_at = ${START} where status = 'done'`,
    );
    await house.owner.execute(
      sql`update notifications.mail set due_at = ${START} where status = 'pending'`,
    );
    await settle();
    expect(sink.mails).toHaveLength(sent);
    expect(await notices()).toEqual(before);
  });
});

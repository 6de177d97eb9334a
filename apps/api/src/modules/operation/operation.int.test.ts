import * as contracts from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import {
  type SmtpSink,
  refusal as smtpRefusal,
  startSmtpSink,
} from '../../../../../tests/support/smtp-sink.ts';

let house: House;
let sink: SmtpSink;
let sander: Guest;

beforeAll(async () => {
  [house, sink] = await Promise.all([openHouse(), startSmtpSink()]);
  sander = await house.guest('Sander Vroom', ['admin']);
});

afterAll(async () => {
  await house?.close();
  await sink?.stop();
});

/** As if the house had been started with this mail server. */
async function testMail(smtpUrl: string) {
  (house.services as { smtpUrl: string }).smtpUrl = smtpUrl;
  return ok(await house.call(contracts.sendTestMail, sander, {}));
}

test('a test mail goes to the own address at once, and its outcome is told without secrets', async () => {
  const well = await testMail(sink.url);
  expect(well).toMatchObject({ outcome: 'accepted', to: sander.email });
  expect(sink.mails.map(({ to }) => to)).toEqual([[sander.email]]);

  sink.onRecipient = () => {
    throw smtpRefusal(550);
  };
  const refused = await testMail(sink.url);
  expect(refused.outcome).toBe('refused');
  expect(refused.said).toContain('550');
  expect(refused.said).not.toContain(sander.email);

  const away = await testMail('smtp://naam:geheim@127.0.0.1:9');
  expect(away).toMatchObject({ outcome: 'unreachable', server: '127.0.0.1:9' });
  expect(JSON.stringify(away)).not.toContain('geheim');
  expect(await testMail('')).toMatchObject({ outcome: 'none', server: '' });
  const buur = await house.guest('Gewone Buur');
  expect(refusal(await house.call(contracts.sendTestMail, buur, {}))).toBe('403 kernel.forbidden');
});

test('dead letters are tried again together, or thrown away one by one', async () => {
  const asker = await house.guest('Vrager');
  for (let i = 0; i < 3; i += 1)
    ok(
      await house.call(contracts.askQuestion, asker, {
        body: { title: `Vraag nummer ${i}`, body: '', theme: 'wonen', visibility: 'public' },
      }),
    );
  await house.owner.execute(sql`update kernel.delivery set status = 'dead', attempts = 10
    where wijk_id = ${house.wijk.id}`);
  const letters = async () => ok(await house.call(contracts.getJobs, sander, {})).deadLetters;
  const before = await letters();
  expect(before.length).toBeGreaterThan(2);
  const params = { letter: before[0]?.id ?? '' };
  ok(await house.call(contracts.discardDeadLetter, sander, { params }));
  expect(refusal(await house.call(contracts.discardDeadLetter, sander, { params }))).toBe(
    '404 kernel.not-found',
  );
  const elsewhere = await house.guest('Beheerder Daar', ['admin'], house.other.id);
  const there = { wijk: house.other.slug };
  expect(ok(await house.call(contracts.retryDeadLetters, elsewhere, { params: there })).count).toBe(
    0,
  );
  expect(await letters()).toHaveLength(before.length - 1);
  expect(ok(await house.call(contracts.retryDeadLetters, sander, {})).count).toBe(
    before.length - 1,
  );
  expect(await letters()).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { type SmtpSink, startSmtpSink } from '../../../../../tests/support/smtp-sink.ts';
import { sendDueMail } from '../notifications/index.ts';

/** Planned payments over the API, and what their payer is told: never whom, how much or what for. */

const MEMO = 'Eigen bijdrage rouwtherapie';
let house: House;
let sink: SmtpSink;
let sam: Guest;
let fatima: Guest;

beforeAll(async () => {
  [house, sink] = await Promise.all([openHouse({ now: '2027-01-04T10:00:00Z' }), startSmtpSink()]);
  house.services.smtpUrl = sink.url;
  [sam, fatima] = [await house.guest('Sam de Wit'), await house.guest('Praktijk Rouwverwerking')];
});
afterAll(() => Promise.all([house?.close(), sink?.stop()]));

const moved = async (iso: string) => {
  house.clock.set(iso);
  await house.work();
  while ((await sendDueMail(house.services)) > 0) await house.work();
};
const plan = async (more: Record<string, unknown> = {}) =>
  house.call(contract.makeSchedule, sam, {
    body: {
      ...{ to: { kind: 'member', id: fatima.membershipId }, amount: 4321, memo: MEMO },
      ...{ every: 'week', startsOn: '2027-01-05', endsOn: '2027-01-05' },
      ...more,
    } as never,
    key: randomUUID(),
  });
const mails = async () => Promise.all(sink.mails.map(async ({ raw }) => PostalMime.parse(raw)));
const notices = async () =>
  ok(await house.call(contract.listNotices, sam, {})).items.filter(({ schedule }) => schedule);

describe('a planned payment that cannot be made', () => {
  it('is told to its payer once for the day and once when it is given up', async () => {
    const { id } = ok(await plan());
    for (const hour of ['05', '11', '17']) await moved(`2027-01-05T${hour}:00:00Z`);
    expect((await notices()).map(({ kind, schedule }) => [kind, schedule === id])).toEqual([
      ['schedule-given-up', true],
      ['schedule-refused', true],
    ]);
    expect((await mails()).map(({ subject, to }) => [to?.[0]?.address, subject])).toEqual([
      [sam.email, 'Uw geplande betaling is nog niet gelukt'],
      [sam.email, 'Uw geplande betaling is niet gedaan'],
    ]);
    const seen = ok(await house.call(contract.readSchedule, sam, { params: { schedule: id } }));
    expect(seen).toMatchObject({
      nextOn: null,
      runs: [{ date: '2027-01-05', outcome: 'refused', refusal: 'wallet.insufficient' }],
    });
  });

  it('leaves no name, amount or word of anybody in mail, notices and events', async () => {
    const texts = (await mails()).map(({ subject, text, html }) => `${subject}${text}${html}`);
    const events = await house.owner.execute(sql`select payload from kernel.event`);
    const rows = await house.owner.execute(sql`select params, template from notifications.mail`);
    const all = JSON.stringify([texts, events.rows, rows.rows, await notices()]);
    for (const canary of ['rouw', 'Rouw', '43,21', '4321', MEMO]) expect(all).not.toContain(canary);
    expect(texts[0]).toContain('/portemonnee/gepland/');
  });

  it('is not mailed to who wants no mail of their wallet', async () => {
    ok(await house.call(contract.changeMailChoices, sam, { body: { wanted: [] } }));
    const before = sink.mails.length;
    ok(await plan({ startsOn: '2027-01-06', endsOn: '2027-01-06' }));
    await moved('2027-01-06T18:00:00Z');
    expect(sink.mails).toHaveLength(before);
    expect(await notices()).toHaveLength(3);
  });
});

it('is its payer’s alone, and refused where it cannot be', async () => {
  const { id } = ok(await plan({ startsOn: '2027-02-01', endsOn: null, every: 'month' }));
  const read = (who: Guest) => house.call(contract.readSchedule, who, { params: { schedule: id } });
  expect(refusal(await read(fatima))).toBe('404 wallet.schedule-not-found');
  expect(
    refusal(await house.call(contract.stopSchedule, fatima, { params: { schedule: id } })),
  ).toBe('404 wallet.schedule-not-found');
  expect(ok(await read(sam))).toMatchObject({ nextOn: '2027-02-01', memo: MEMO, amount: 4321 });
  ok(await house.call(contract.stopSchedule, sam, { params: { schedule: id } }));
  expect(ok(await read(sam))).toMatchObject({ nextOn: null });
  const faults = async (more: Record<string, unknown>) => {
    const outcome = await plan(more);
    return outcome.ok
      ? []
      : outcome.problem.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  };
  expect(await faults({ startsOn: '2027-01-06', endsOn: '2027-01-05' })).toEqual([
    'startsOn not-after-today',
    'endsOn before-start',
  ]);
  expect(await faults({ startsOn: '2027-02-30' })).toEqual(['startsOn invalid']);
});

import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { sendDueMail } from '../notifications/index.ts';
import { type Mailbox, startMailbox } from './index.ts';

let house: House;
let mailbox: Mailbox;

beforeAll(async () => {
  house = await openHouse({ env: { WIJK_MODE: 'demonstration' } });
  mailbox = await startMailbox(house.services);
  house.services.smtpUrl = `smtp://127.0.0.1:${mailbox.port}`;
});

afterAll(async () => {
  await mailbox.stop();
  await house.close();
});

test('mail of the demonstration goes by SMTP and can be read on its page', async () => {
  for (const email of ['anna@voorbeeld.example', 'bram@voorbeeld.example'])
    ok(await house.call(contract.requestCode, null, { body: { email } }));
  expect(await sendDueMail(house.services)).toBe(2);
  expect(ok(await house.call(contract.listMail, null, {})).items).toHaveLength(2);
  const query = { to: 'Anna@voorbeeld.example' };
  const { items } = ok(await house.call(contract.listMail, null, { query }));
  expect(items).toEqual([
    {
      id: expect.any(String),
      to: 'anna@voorbeeld.example',
      subject: 'Uw code voor Elzenhof',
      at: house.clock.now().toISOString(),
    },
  ]);
  const params = { mail: items[0]?.id ?? '' };
  const mail = ok(await house.call(contract.readMail, null, { params }));
  expect(mail.text).toMatch(/^\d{6}$/m);
  expect(mail.headers).toContainEqual({ name: 'auto-submitted', value: 'auto-generated' });
});

test('a mail that is not there is not found', async () => {
  const params = { mail: '00000000-0000-4000-8000-000000000000' };
  expect((await house.call(contract.readMail, null, { params })).status).toBe(404);
});

test('the accounts of the demonstration are named', async () => {
  const { items } = ok(await house.call(contract.listAccounts, null, {}));
  expect(items.map((item) => item.roles[0])).toContain('chief-editor');
  expect(items.every((item) => item.email.includes('@') && item.about !== '')).toBe(true);
});

test('in production none of it exists', async () => {
  const production = await openHouse({ env: { WIJK_MODE: 'production' } });
  try {
    for (const { id } of [contract.listMail, contract.readMail, contract.listAccounts])
      expect(production.app.routes.map((route) => route.contract.id)).not.toContain(id);
    const { statusCode } = await production.app.fastify.inject({
      url: contract.listMail.path,
      headers: { host: 'localhost:3000' },
    });
    expect(statusCode).toBe(404);
  } finally {
    await production.close();
  }
});

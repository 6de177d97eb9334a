import * as contract from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { openPost, type Post } from '../../../../../tests/support/post.ts';
import { refusal } from '../../../../../tests/support/smtp-sink.ts';

let house: House;
let post: Post;
let fatima: Guest;
let noor: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse();
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  fatima = await house.guest('Fatima Amrani');
  noor = await house.guest('Noor van der Horst', ['editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});
afterEach(async () => {
  post.sink.onRecipient = () => {};
  await house.owner.execute(sql`delete from notifications.mail`);
});
afterAll(() => Promise.all([house.close(), post.stop()]));

const refuse = (guest: Guest, code: number) => {
  post.sink.onRecipient = (address) => {
    if (address === guest.email) throw refusal(code);
  };
};
async function assigned(): Promise<string> {
  const body = {
    title: 'Een vraag',
    body: '',
    theme: 'zorg-regelen',
    visibility: 'public',
  } as const;
  const { ref } = ok(await house.call(contract.askQuestion, fatima, { body }));
  await house.call(contract.assignQuestion, noor, {
    params: { question: ref },
    body: { expert: anil.membershipId, note: '' },
  });
  return ref;
}
const refusedEvents = async (ref: string) =>
  (
    await house.owner.execute<{ payload: Record<string, string>; matches: boolean }>(sql`
      select e.payload, exists (select from vraagbaak.assignment s join vraagbaak.question q
        on q.id = s.question_id where q.ref = ${ref} and s.id = (e.payload ->> 'assignmentId')::uuid
        and q.id = (e.payload ->> 'questionId')::uuid) as matches
      from kernel.event e where e.type = 'mail.refused.v1' order by e.id desc`)
  ).rows;

it('a mailbox that refuses an expert is an event, once, in the transaction that gives the mail up', async () => {
  const before = (await refusedEvents('')).length;
  const ref = await assigned();
  refuse(anil, 550);
  const sent = await post.settle();
  expect(sent.map(({ to }) => to)).toEqual([fatima.email]);
  const events = await refusedEvents(ref);
  expect(events).toHaveLength(before + 1);
  expect(events[0]).toEqual({
    matches: true,
    payload: { questionId: expect.any(String), assignmentId: expect.any(String) },
  });
  await post.settle();
  expect(await refusedEvents(ref)).toHaveLength(before + 1);
});

it('the reminder as well', async () => {
  const ref = await assigned();
  await post.settle();
  const ofThis = async () => (await refusedEvents(ref)).filter((event) => event.matches);
  expect(await ofThis()).toEqual([]);
  refuse(anil, 550);
  house.clock.advance(12 * HOUR_MS);
  await post.settle();
  expect(await ofThis()).toHaveLength(1);
});

it('so is a mailbox that was away until the last try, and a refusal that passes is none', async () => {
  const ref = await assigned();
  const before = (await refusedEvents(ref)).length;
  refuse(anil, 451);
  await post.settle();
  expect((await refusedEvents(ref)).length).toBe(before);
  await house.owner.execute(
    sql`update notifications.mail set attempts = 45, due_at = ${house.clock.now()} where status = 'pending'`,
  );
  await post.settle();
  expect((await refusedEvents(ref)).length).toBe(before + 1);
});

it('an asker who cannot be mailed is no such event: it would tell of the asker', async () => {
  const before = (await refusedEvents('')).length;
  refuse(fatima, 550);
  await assigned();
  await post.settle();
  expect((await refusedEvents('')).length).toBe(before);
});

it('where the event cannot be written the mail is not given up', async () => {
  await assigned();
  refuse(anil, 550);
  const { subscriptions } = house.services;
  house.services.subscriptions = new Proxy(subscriptions, {
    get: (map, name) => {
      if (name === 'get')
        return (type: string) => {
          if (type === 'mail.refused.v1') throw new Error('no');
          return map.get(type);
        };
      return Reflect.get(map, name);
    },
  });
  await expect(post.settle()).rejects.toThrow('no');
  house.services.subscriptions = subscriptions;
  const { rows } = await house.owner.execute<{ status: string }>(
    sql`select status from notifications.mail where template = 'assigned'`,
  );
  expect(rows).toEqual([{ status: 'pending' }]);
});

import { askQuestion, listOpenParts, listOpenQuestions, readFeed } from '@wijk/contracts';
import { listOpenBounds, listOpenPart } from '@wijk/db/vraagbaak';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';

let house: House;
let fatima: Guest;
const refs: string[] = [];

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima');
  for (let n = 0; n < 7; n += 1) {
    house.clock.advance(60_000);
    const visibility = n === 2 ? 'private' : 'public';
    const body = { title: `Vraag nummer ${n}`, body: '', theme: 'wonen', visibility } as const;
    refs.push(ok(await house.call(askQuestion, fatima, { body })).ref);
  }
  await house.owner.execute(
    sql`update vraagbaak.question set health = true where ref = ${refs[4] ?? ''}`,
  );
});

afterAll(() => house?.close());

const open = () => refs.filter((_, n) => n !== 2 && n !== 4);

describe('what is open to readers', () => {
  it('is listed whole by its parts, each question once, whatever the size of a part', async () => {
    const { db } = house.services;
    for (const size of [1, 2, 3, 6, 7]) {
      const bounds = await listOpenBounds(db, house.wijk.id, size);
      expect([size, bounds.length]).toEqual([size, Math.ceil(6 / size) - 1]);
      const found: string[] = [];
      for (const after of [undefined, ...bounds])
        for (const { ref } of await listOpenPart(db, house.wijk.id, { after, size }))
          found.push(ref);
      expect([size, found]).toEqual([size, open()]);
    }
  });

  it('is the same for its asker as for a visitor', async () => {
    for (const who of [null, fatima]) {
      const part = ok(await house.call(listOpenQuestions, who, {}));
      expect(part.items.map(({ ref }) => ref)).toEqual(open());
      expect(ok(await house.call(listOpenParts, who, {})).items).toEqual([{ cursor: null }]);
      const feed = ok(await house.call(readFeed, who, { query: { theme: 'wonen' } }));
      expect(feed.items.map(({ ref }) => ref)).toEqual(open().reverse());
    }
  });
});

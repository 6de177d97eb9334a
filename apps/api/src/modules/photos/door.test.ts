import { describe, expect, it } from 'vitest';
import { DayCount, PhotoDoor } from './door.ts';

const full = 'vraagbaak.photos-busy';

describe('the door', () => {
  it('works on one at a time, in order, also after one that failed', async () => {
    const door = new PhotoDoor();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      door.inTurn(async () => {
        log.push(`${name} begins`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const all = await Promise.allSettled([work('a'), work('b', true), work('c')]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log.map((line) => line[0]).join('')).toBe('aabbcc');
  });

  it('lets eight in, four of one address, and the next when one has left', () => {
    const door = new PhotoDoor();
    const mine = [1, 2, 3, 4].map(() => door.enter('mine'));
    expect(() => door.enter('mine')).toThrow(full);
    for (const name of ['a', 'b', 'c', 'd']) door.enter(name);
    expect(() => door.enter('e')).toThrow(full);
    mine[0]?.();
    // leaving twice gives no second place
    mine[0]?.();
    door.enter('e');
    expect(() => door.enter('f')).toThrow(full);
  });
});

describe('the count of a day', () => {
  it('counts each for itself and forgets after 24 hours', () => {
    const count = new DayCount();
    const at = (hours: number) => new Date(hours * 3_600_000);
    count.add('mine', at(0));
    count.add('mine', at(5));
    expect(count.waitUntil('mine', 2, at(6))).toEqual(at(24));
    expect(count.waitUntil('mine', 3, at(6))).toBeNull();
    expect(count.waitUntil('theirs', 2, at(6))).toBeNull();
    expect(count.waitUntil('mine', 2, at(24))).toBeNull();
    expect(count.waitUntil('mine', Number.POSITIVE_INFINITY, at(6))).toBeNull();
  });
});

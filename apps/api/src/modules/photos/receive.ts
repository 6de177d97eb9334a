import type { Actor } from '@wijk/domain/identity';
import { type Clock, DomainError } from '@wijk/domain/kernel';
import { PHOTOS_PER_DAY } from '@wijk/domain/vraagbaak';
import type { Config } from '../../config.ts';
import { perAccount } from '../../limits.ts';
import { DayCount, PhotoDoor } from './door.ts';
import { type MadePhoto, makePhoto } from './make-photo.ts';

/**
 * Where every photo is made anew, whatever it goes with: one room in a process, so that one is worked on at a time
 * and what one account sends in a day is counted once. Counts live in its memory, apart from the photos.
 */
export class PhotoRoom {
  readonly #door = new PhotoDoor();
  readonly #counts = new DayCount();
  readonly #services: { clock: Clock; config: Config };

  constructor(services: { clock: Clock; config: Config }) {
    this.#services = services;
  }

  /**
   * Takes a photo in, and stores what was made of it. The body is read only once there is place for it.
   * @throws a field at fault; `vraagbaak.too-many-photos` with the hours to wait;
   *   `vraagbaak.photos-busy` when too many come at once; what `mayStore` and `store` throw
   */
  async receive<T>(
    from: { actor: Actor; address: string },
    file: () => Promise<Buffer>,
    { mayStore, store }: { mayStore: () => Promise<void>; store: (made: MadePhoto) => Promise<T> },
  ): Promise<T> {
    const senders = this.#sendersOf(from);
    const leave = this.#door.enter(from.address);
    try {
      const now = this.#services.clock.now();
      for (const { who, limit } of senders) {
        const until = this.#counts.waitUntil(who, limit, now);
        if (until) throw tooMany(limit, until.getTime() - now.getTime());
      }
      await mayStore();
      const bytes = await file();
      const stored = await store(await this.#door.inTurn(() => makePhoto(bytes)));
      for (const { who } of senders) this.#counts.add(who, now);
      return stored;
    } finally {
      leave();
    }
  }

  #sendersOf({ actor, address }: { actor: Actor; address: string }) {
    const byAddress = { who: `address ${address}`, limit: PHOTOS_PER_DAY.address };
    const all =
      actor.kind === 'visitor'
        ? [byAddress]
        : [byAddress, { who: `person ${actor.personId}`, limit: PHOTOS_PER_DAY.account }];
    return all.map(({ who, limit }) => ({ who, limit: perAccount(this.#services.config, limit) }));
  }
}

const tooMany = (limit: number, waitMs: number) =>
  new DomainError('too-many', 'vraagbaak.too-many-photos', {
    params: { limit, hours: Math.max(1, Math.ceil(waitMs / 3_600_000)) },
  });

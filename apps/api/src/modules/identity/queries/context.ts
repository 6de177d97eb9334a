import type { ActorView, getContext, ReplyOf } from '@wijk/contracts';
import { readSelf } from '@wijk/db/identity';
import { type Actor, abilitiesOf, type Member } from '@wijk/domain/identity';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

/** What every page starts with: the wijk, and who is looking at it. */
export async function readContext(
  services: Services,
  wijk: Wijk,
  actor: Actor,
): Promise<ReplyOf<typeof getContext>> {
  const self = actor.kind === 'member' ? await readActorView(services, actor) : undefined;
  return {
    wijk: {
      slug: wijk.slug,
      name: wijk.name,
      timeZone: wijk.timeZone,
      themes: wijk.themes,
      demonstration: services.config.mode === 'demonstration',
      promiseHours: wijk.policy.termMinutes / 60,
    },
    actor: self?.view ?? null,
    unread: self?.unread ?? 0,
  };
}

export async function readActorView(
  { db }: Pick<Services, 'db'>,
  actor: Member,
): Promise<{ view: ActorView; unread: number }> {
  const self = await readSelf(db, actor);
  return { view: actorView(actor, self), unread: self.unread };
}

export const actorView = (
  actor: Member,
  { name, email }: { name: string | null; email: string | null },
): ActorView => ({
  name: name ?? '',
  email: email ?? '',
  roles: [...actor.roles],
  abilities: abilitiesOf(actor),
});

import type { ActorView, getContext, ReplyOf } from '@wijk/contracts';
import { namesOf, readSelf } from '@wijk/db/identity';
import { type Actor, abilitiesOf, type Member } from '@wijk/domain/identity';
import type { Services } from '../../../services.ts';
import { siteOf, type Wijk } from '../../wijk/index.ts';

/** What every page starts with: the wijk, and who is looking at it. */
export async function readContext(
  services: Services,
  wijk: Wijk,
  actor: Actor,
): Promise<ReplyOf<typeof getContext>> {
  const self = actor.kind === 'member' ? await readActorView(services, actor) : undefined;
  const platform = actor.kind === 'platform' ? await platformView(services, actor) : null;
  return {
    wijk: {
      slug: wijk.slug,
      name: wijk.name,
      site: siteOf(services, wijk),
      timeZone: wijk.timeZone,
      themes: wijk.themes.filter(({ retired }) => !retired),
      accent: wijk.accent,
      motto: wijk.motto,
      open: wijk.openedAt !== null,
      demonstration: services.config.mode === 'demonstration',
      promiseHours: wijk.policy.termMinutes / 60,
    },
    actor: self?.view ?? null,
    platform,
    unread: self?.unread ?? 0,
  };
}

/** Somebody who sets wijken up and is no member here: no address, no notices, nothing of a member. */
async function platformView(
  { db }: Services,
  actor: Extract<Actor, { kind: 'platform' }>,
): Promise<{ name: string; abilities: string[] }> {
  const names = await namesOf(db, [actor.personId]);
  return { name: names.get(actor.personId) ?? '', abilities: abilitiesOf(actor) };
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

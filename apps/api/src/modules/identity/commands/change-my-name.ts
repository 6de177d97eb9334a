import type { ActorView } from '@wijk/contracts';
import { setName } from '@wijk/db/identity';
import { type Member, normalisePersonName } from '@wijk/domain/identity';
import type { Services } from '../../../services.ts';
import { readActorView } from '../queries/context.ts';

/** @throws `kernel.invalid` at 'name' */
export async function changeMyName(
  services: Services,
  actor: Member,
  name: string,
): Promise<ActorView> {
  await setName(services.db, actor.personId, normalisePersonName(name));
  return (await readActorView(services, actor)).view;
}

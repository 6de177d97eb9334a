import { hintLive } from '@wijk/db/kernel';
import type { Subscriber } from '../../../services.ts';

/** Open pages of this person are asked anew what they may: a former editor leaves the desk at once. */
export const onRoleChanged: Subscriber = async (tx, { wijkId, payload }) => {
  await hintLive(tx, { w: wijkId, t: 'roles', p: payload.personId ?? '' });
};

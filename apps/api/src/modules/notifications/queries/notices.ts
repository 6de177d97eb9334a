import type { listNotices as contract, NoticeKind, QueryOf, ReplyOf } from '@wijk/contracts';
import { listNotices } from '@wijk/db/notifications';
import { can, type Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { MYSELF } from '@wijk/domain/market';
import { isNoticeKind } from '@wijk/domain/notifications';
import { z } from 'zod';
import type { Services } from '../../../services.ts';

const ABOUT_DESK: ReadonlySet<string> = new Set<NoticeKind>([
  'declined',
  'alert',
  'overdue',
  'ask-back-replied',
  'ask-back-expired',
  'appeal',
  'flagged',
  'unhelpful',
  'urgent',
  'twin-agreed',
  'twin-declined',
  'twin-ended',
]);

export async function ownNotices(
  { db }: Services,
  actor: Member,
  { cursor, limit }: QueryOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const rows = await listNotices(db, actor, {
    after: cursor === undefined ? undefined : readCursor(cursor),
    limit: limit + 1,
    readsPrivate: can(actor, 'vraagbaak.read-private'),
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.flatMap(
      ({ id, kind, at, readAt, question, decisionId, role, scheduleId, ...about }) =>
        isNoticeKind(kind)
          ? [
              {
                ...{ id, kind, question, role },
                at: at.toISOString(),
                read: readAt !== null,
                desk: ABOUT_DESK.has(kind),
                decision: decisionId,
                payment: about.payment,
                payRequest: about.payRequest,
                schedule: scheduleId,
                order: about.order,
                series: about.series,
                listing: about.listing,
                conversation: about.conversation,
                // of themselves nobody reads the key by which others know them
                provider: about.provider === `m-${actor.membershipId}` ? MYSELF : about.provider,
                complaint: about.complaint,
                organisation: about.organisation,
              },
            ]
          : [],
    ),
    nextCursor: rows.length > limit && last ? writeCursor(last) : null,
  };
}

const position = z.tuple([z.iso.datetime(), z.uuid()]);

const writeCursor = ({ at, id }: { at: Date; id: string }) =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');

function readCursor(cursor: string): { at: Date; id: string } {
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at: new Date(at), id };
  } catch {
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'cursor', code: 'invalid' }],
    });
  }
}

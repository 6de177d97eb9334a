import * as contract from '@wijk/contracts';
import type { ComplaintStep, ComplaintVerdict } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import { type Guest, type House, ok } from './house.ts';

interface Said {
  note?: string;
  verdict?: ComplaintVerdict;
  version?: number;
  key?: string;
}

/** Complaints of a house, made and answered through the API. */
export interface Complaints {
  lodge(
    who: Guest,
    target: { order: string } | { provider: string },
    body?: string,
  ): Promise<string>;
  read(who: Guest, complaint: string): Promise<contract.ComplaintView>;
  /** the version that was looked at last is filled in */
  press(
    who: Guest,
    complaint: string,
    step: ComplaintStep,
    said?: Said,
  ): Promise<contract.Outcome<typeof contract.stepComplaint>>;
  /** an organisation with who acts for it */
  organisation(name: string, ...operators: Guest[]): Promise<string>;
}

export function openComplaints(house: House): Complaints {
  const { owner } = house;
  const versionOf = async (ref: string): Promise<number> => {
    const { rows } = await owner.execute<{ version: number }>(
      sql`select version from market.complaint where ref = ${ref}`,
    );
    return rows[0]?.version ?? 0;
  };
  return {
    lodge: async (who, target, body = 'Hij kwam niet') =>
      ok(
        await house.call(contract.lodgeComplaint, who, {
          body: { target, subject: 'appointment', body, wish: 'Excuses' },
        }),
      ).ref,
    read: async (who, complaint) =>
      ok(await house.call(contract.readComplaint, who, { params: { complaint } })),
    press: async (who, complaint, step, said = {}) => {
      const { note = 'Omdat', verdict = null, version, key } = said;
      return house.call(contract.stepComplaint, who, {
        params: { complaint },
        body: { step, note, verdict, version: version ?? (await versionOf(complaint)) },
        ...(key ? { key } : {}),
      });
    },
    organisation: async (name, ...operators) => {
      const { rows } = await owner.execute<{ id: string }>(sql`
        insert into wallet.organisation (wijk_id, id, name, about, created_at)
        values (${house.wijk.id}, gen_random_uuid(), ${name}, '', ${house.clock.now()})
        returning id`);
      const id = rows[0]?.id ?? '';
      for (const { membershipId } of operators)
        await owner.execute(sql`
          insert into wallet.operator (wijk_id, organisation_id, membership_id, role, since)
          values (${house.wijk.id}, ${id}, ${membershipId}, 'manager', ${house.clock.now()})`);
      return id;
    },
  };
}

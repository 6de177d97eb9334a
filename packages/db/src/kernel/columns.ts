import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** An instant: `timestamptz`, read and written as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Every table of a wijk leads with this column (tenancy, and distribution by wijk later: Q6). */
export const wijkId = () => uuid('wijk_id').notNull();

/** Bytes, as a Buffer. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

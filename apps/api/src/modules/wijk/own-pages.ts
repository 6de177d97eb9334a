import { readFileSync } from 'node:fs';
import {
  type changeOwnPage,
  type editOwnPage,
  OWN_PAGES,
  type OwnPage,
  type ReplyOf,
  type readOwnPage,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { addPageVersion, listPageVersions, readPage } from '@wijk/db/wijk';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';
import { namesOf } from '../identity/index.ts';
import type { Wijk } from './wijken.ts';

/** What shows until a wijk writes a text of its own: version 0. */
const FIRST_TEXTS: Readonly<Record<OwnPage, string>> = Object.fromEntries(
  OWN_PAGES.map((page) => [
    page,
    readFileSync(new URL(`./pages/${page}.txt`, import.meta.url), 'utf8').trim(),
  ]),
) as Record<OwnPage, string>;

/** What a text can leave blank, and where it comes from; null: nobody filled it in. */
export function blanksOf({ config }: Services, wijk: Wijk): Record<string, string | null> {
  const { name, address, email } = config.foundation;
  return {
    wijk: wijk.name,
    uren: String(Math.round(wijk.policy.termMinutes / 60)),
    stichting: name,
    adres: address,
    mailadres: email,
    site: config.origins[0] ?? '',
  };
}

/** A blank that nobody filled in stays to be seen, so that it is not forgotten. */
function fill(text: string, blanks: Record<string, string | null>): string {
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(blanks, name) ? (blanks[name] ?? `[nog in te vullen: ${name}]`) : whole,
  );
}

/** The page as it shows. */
export async function shownPage(
  services: Services,
  wijk: Wijk,
  page: OwnPage,
): Promise<ReplyOf<typeof readOwnPage>> {
  const own = await readPage(services.db, wijk.id, page);
  return {
    body: fill(own?.body ?? FIRST_TEXTS[page], blanksOf(services, wijk)),
    version: own?.version ?? 0,
    at: own?.at.toISOString() ?? null,
  };
}

/** @throws `kernel.not-found` for a version that is not there */
export async function pageToEdit(
  services: Services,
  wijk: Wijk,
  page: OwnPage,
  version?: number,
): Promise<ReplyOf<typeof editOwnPage>> {
  const { db } = services;
  const versions = await listPageVersions(db, wijk.id, page);
  const newest = versions[0]?.version ?? 0;
  const wanted = version ?? newest;
  const names = await namesOf(db, [...new Set(versions.map(({ by }) => by))]);
  return {
    body: await bodyOf(services, wijk.id, page, wanted),
    version: wanted,
    newest,
    versions: [
      ...versions.map((one) => ({
        version: one.version,
        at: one.at.toISOString(),
        by: names.get(one.by) ?? '',
      })),
      { version: 0, at: null, by: null },
    ],
    blanks: Object.entries(blanksOf(services, wijk)).map(([name, value]) => ({ name, value })),
  };
}

async function bodyOf(
  { db }: Services,
  wijkId: string,
  page: OwnPage,
  version: number,
): Promise<string> {
  if (version === 0) return FIRST_TEXTS[page];
  const found = await readPage(db, wijkId, page, version);
  if (!found) throw new DomainError('not-found', 'kernel.not-found');
  return found.body;
}

export interface PageChange {
  body: string;
  /** the version that the writer saw */
  basedOn: number;
  /** person */
  by: string;
}

/**
 * Adds a version, which shows from then on.
 * @throws `wijk.page-changed` where somebody else wrote one since
 */
export async function writePage(
  { db, clock }: Services,
  wijkId: string,
  page: OwnPage,
  { body, basedOn, by }: PageChange,
): Promise<ReplyOf<typeof changeOwnPage>> {
  return inTransaction(db, async (tx) => {
    const newest = (await readPage(tx, wijkId, page))?.version ?? 0;
    const given = { version: basedOn + 1, body: body.replace(/\r\n?/g, '\n'), at: clock.now(), by };
    if (newest !== basedOn || !(await addPageVersion(tx, wijkId, page, given)))
      throw new DomainError('conflict', 'wijk.page-changed');
    return { version: given.version };
  });
}

/** @throws `kernel.not-found`, `wijk.page-changed` */
export async function restorePage(
  services: Services,
  wijkId: string,
  page: OwnPage,
  version: number,
  by: { basedOn: number; by: string },
): Promise<{ version: number }> {
  const body = await bodyOf(services, wijkId, page, version);
  return writePage(services, wijkId, page, { body, ...by });
}

import { paths, query } from '#lib/paths.ts';

/** Every address of the site, those of the admins' pages too; apart, so that readers don't load them. */
export function adminPaths(base: string) {
  return {
    ...paths(base),
    people: (filter: { search?: string; role?: string; after?: string | null } = {}) =>
      `${base}/beheer/mensen${query({ zoek: filter.search, rol: filter.role, na: filter.after })}`,
    person: (id: string) => `${base}/beheer/mensen/${id}`,
    invite: () => `${base}/beheer/mensen/uitnodigen`,
    roleLog: (after?: string | null) => `${base}/beheer/mensen/verloop${query({ na: after })}`,
    testMail: () => `${base}/beheer/mail`,
    jobs: (discard?: string) => `${base}/beheer/taken${query({ weg: discard })}`,
    exchange: () => `${base}/beheer/uitwisselen`,
    exchangeFile: () => `${base}/beheer/uitwisselen/vragen.jsonl`,
    wijken: () => `${base}/beheer/wijken`,
    newWijk: () => `${base}/beheer/wijken/nieuw`,
    setup: (part?: string) =>
      part ? `${base}/beheer/instellingen/${part}` : `${base}/beheer/instellingen`,
    ownPages: () => `${base}/beheer/paginas`,
    editPage: (page: string, version?: number) =>
      `${base}/beheer/paginas/${page}${query({ versie: version?.toString() })}`,
  };
}

interface Listed {
  name: string;
  who: 'admin' | 'platform';
  path: () => string;
}

/** The pages of admins, in each look. @param expert of whom the page of a person is shown */
export const adminPages = (expert: () => string): readonly Listed[] => [
  { name: 'admin', who: 'admin', path: () => '/beheer' },
  { name: 'people', who: 'admin', path: () => '/beheer/mensen' },
  { name: 'people-empty', who: 'admin', path: () => '/beheer/mensen?zoek=xyzzy' },
  { name: 'person', who: 'admin', path: () => `/beheer/mensen/${expert()}` },
  { name: 'invite', who: 'admin', path: () => '/beheer/mensen/uitnodigen' },
  { name: 'role-log', who: 'admin', path: () => '/beheer/mensen/verloop' },
  { name: 'test-mail', who: 'admin', path: () => '/beheer/mail' },
  { name: 'exchange', who: 'admin', path: () => '/beheer/uitwisselen' },
  { name: 'jobs', who: 'admin', path: () => '/beheer/taken' },
  { name: 'wijken', who: 'platform', path: () => '/beheer/wijken' },
  { name: 'wijk-new', who: 'platform', path: () => '/beheer/wijken/nieuw' },
  { name: 'setup', who: 'admin', path: () => '/beheer/instellingen' },
  ...[
    'naam',
    'codes',
    'onderwerpen',
    'openingstijden',
    'feestdagen',
    'belofte',
    'toezicht',
    'uiterlijk',
  ].map((part) => ({
    name: `setup-${part}`,
    who: 'admin' as const,
    path: () => `/beheer/instellingen/${part}`,
  })),
  { name: 'own-pages', who: 'admin', path: () => '/beheer/paginas' },
  { name: 'own-page', who: 'admin', path: () => '/beheer/paginas/privacy' },
];

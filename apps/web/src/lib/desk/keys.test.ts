import { describe, expect, it } from 'vitest';
import { FILTER_LETTERS, FILTERS } from './filters.ts';
import { type Command, commandOf, keyOf, LETTERS, type Press, type Where } from './keys.ts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  ...more,
});
const at = (more: Partial<Where> = {}): Where => ({
  typing: false,
  inQueue: false,
  inDialog: false,
  going: false,
  letters: true,
  ...more,
});

describe('the keys of the desk', () => {
  it.each<[string, Command]>([
    ['j', 'down'],
    ['k', 'up'],
    ['o', 'open'],
    ['n', 'next'],
    ['c', 'claim'],
    ['a', 'assign'],
    ['r', 'answer'],
    ['s', 'saved'],
    ['b', 'ask-back'],
    ['e', 'edit'],
    ['d', 'duplicate'],
    ['l', 'redact'],
    ['h', 'hide'],
    ['x', 'remove'],
    ['p', 'publish'],
    ['v', 'endorse'],
    ['m', 'dismiss'],
    ['u', 'urgent'],
    ['z', 'undo'],
    ['g', 'go'],
    ['?', 'help'],
    ['Escape', 'close'],
  ])('%s: %s', (key, command) => {
    expect(commandOf(press(key), at())).toBe(command);
    if (key !== 'Escape') expect(keyOf(command)).toBe(key);
  });

  it('are one to one, also the letters of the lists', () => {
    expect(new Set(LETTERS.values()).size).toBe(LETTERS.size);
    expect([...FILTER_LETTERS.values()]).toEqual(FILTERS);
    expect(FILTER_LETTERS.size).toBe(FILTERS.length);
  });

  it('work with caps lock on, and other keys do nothing', () => {
    expect(commandOf(press('J'), at())).toBe('down');
    for (const key of ['q', 'Enter', 'Tab', ' ', 'ArrowLeft', 'constructor'])
      expect(commandOf(press(key), at()), key).toBeNull();
  });

  it('are silent while someone types, except that Esc leaves the field', () => {
    for (const key of LETTERS.keys()) {
      expect(commandOf(press(key), at({ typing: true })), key).toBeNull();
      expect(commandOf(press(key), at({ typing: true, going: true })), key).toBeNull();
    }
    expect(commandOf(press('Escape'), at({ typing: true }))).toBe('close');
  });

  it('leave the keys of the browser, of a dialog and of an input method alone', () => {
    for (const key of [...LETTERS.keys(), 'Escape']) {
      expect(commandOf(press(key, { ctrlKey: true }), at())).toBeNull();
      expect(commandOf(press(key, { metaKey: true }), at())).toBeNull();
      expect(commandOf(press(key, { altKey: true }), at())).toBeNull();
      expect(commandOf(press(key, { isComposing: true }), at())).toBeNull();
      expect(commandOf(press(key), at({ inDialog: true }))).toBeNull();
    }
  });

  it('have arrows in the queue only: elsewhere they scroll', () => {
    expect(commandOf(press('ArrowDown'), at({ inQueue: true }))).toBe('down');
    expect(commandOf(press('ArrowUp'), at({ inQueue: true }))).toBe('up');
    expect(commandOf(press('ArrowDown'), at())).toBeNull();
  });

  it('lead to a list after g, and do nothing else then', () => {
    const going = at({ going: true });
    expect(commandOf(press('m'), going)).toBe('go-mine');
    expect(commandOf(press('L'), going)).toBe('go-attention');
    // x would remove: after g it is no list, so it is nothing
    expect(commandOf(press('x'), going)).toBeNull();
    expect(commandOf(press('m', { repeat: true }), going)).toBeNull();
    expect(commandOf(press('Escape'), going)).toBe('close');
  });

  it('can be turned off; arrows and Esc are no letters', () => {
    const off = at({ letters: false, inQueue: true });
    for (const key of LETTERS.keys()) expect(commandOf(press(key), off), key).toBeNull();
    expect(commandOf(press('ArrowDown'), off)).toBe('down');
    expect(commandOf(press('Escape'), off)).toBe('close');
  });

  it('that are held down only move', () => {
    expect(commandOf(press('j', { repeat: true }), at())).toBe('down');
    for (const key of ['c', 'p', 'v', 'z'])
      expect(commandOf(press(key, { repeat: true }), at()), key).toBeNull();
  });
});

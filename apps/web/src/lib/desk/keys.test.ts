import { describe, expect, it } from 'vitest';
import { type Command, commandOf, LETTERS, type Press, type Where } from './keys.ts';

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
  letters: true,
  ...more,
});

describe('the keys of the desk', () => {
  it.each<[string, Command]>([
    ['j', 'down'],
    ['k', 'up'],
    ['c', 'claim'],
    ['a', 'assign'],
    ['b', 'answer'],
    ['u', 'undo'],
    ['n', 'next'],
    ['?', 'help'],
    ['Escape', 'close'],
  ])('%s: %s', (key, command) => {
    expect(commandOf(press(key), at())).toBe(command);
  });

  it('work with caps lock on, and other keys do nothing', () => {
    expect(commandOf(press('J'), at())).toBe('down');
    for (const key of ['x', 'Enter', 'Tab', ' ', 'ArrowLeft', 'constructor'])
      expect(commandOf(press(key), at()), key).toBeNull();
  });

  it('are silent while someone types, except that Esc leaves the field', () => {
    for (const key of LETTERS.keys())
      expect(commandOf(press(key), at({ typing: true })), key).toBeNull();
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

  it('can be turned off; arrows and Esc are no letters', () => {
    const off = at({ letters: false, inQueue: true });
    for (const key of LETTERS.keys()) expect(commandOf(press(key), off), key).toBeNull();
    expect(commandOf(press('ArrowDown'), off)).toBe('down');
    expect(commandOf(press('Escape'), off)).toBe('close');
  });

  it('that are held down only move', () => {
    expect(commandOf(press('j', { repeat: true }), at())).toBe('down');
    expect(commandOf(press('c', { repeat: true }), at())).toBeNull();
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listen } from './live.ts';

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  /** As browsers do: the event comes later. */
  close(): void {
    this.readyState = 3;
    setTimeout(() => this.onclose?.(), 10);
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }

  lose(): void {
    this.readyState = 3;
    this.onclose?.();
  }
}

const last = () => FakeSocket.made.at(-1) as FakeSocket;
const subscribe = (topic: string) => JSON.stringify({ type: 'subscribe', topic });
const changed = (topic: string) => ({ type: 'changed', topic, ref: null, kind: 'answer' }) as const;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { origin: 'https://wijk.example' });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('serves several topics over one socket and tells only who listens', () => {
  const me = vi.fn();
  const desk = vi.fn();
  const stops = [listen('elzenhof', 'me', me), listen('elzenhof', 'desk', desk)];
  expect(FakeSocket.made).toHaveLength(1);
  expect(last().url).toBe('wss://wijk.example/live?wijk=elzenhof');
  last().open();
  expect(last().sent).toEqual([subscribe('me'), subscribe('desk')]);
  last().onmessage?.({ data: JSON.stringify(changed('desk')) });
  last().onmessage?.({ data: 'no json' });
  expect(desk).toHaveBeenCalledExactlyOnceWith(changed('desk'));
  expect(me).not.toHaveBeenCalled();
  for (const stop of stops) stop();
  expect(last().readyState).toBe(3);
});

it('comes back after a loss, waits longer each time, and has everyone read anew', () => {
  const tell = vi.fn();
  const stop = listen('elzenhof', 'me', tell);
  last().open();
  last().lose();
  vi.advanceTimersByTime(1_000);
  expect(FakeSocket.made).toHaveLength(2);
  last().lose();
  vi.advanceTimersByTime(999);
  expect(FakeSocket.made).toHaveLength(2);
  vi.advanceTimersByTime(1_001);
  expect(FakeSocket.made).toHaveLength(3);
  last().open();
  expect(last().sent).toEqual([subscribe('me')]);
  expect(tell).toHaveBeenCalledExactlyOnceWith(null);
  stop();
});

it('takes the end of its own old socket for no loss', () => {
  const tell = vi.fn();
  listen('elzenhof', 'question:aaaaaaaa', tell)();
  const stop = listen('elzenhof', 'question:bbbbbbbb', tell);
  expect(FakeSocket.made).toHaveLength(2);
  last().open();
  vi.advanceTimersByTime(120_000);
  expect(FakeSocket.made).toHaveLength(2);
  expect(tell).not.toHaveBeenCalled();
  stop();
});

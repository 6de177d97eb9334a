import { inQueue, isTyping, run } from './commands.ts';
import { commandOf } from './keys.ts';
import { shortcuts } from './shortcuts.svelte.ts';

const GO_MS = 2_000;

/** The keys of the desk (V6). `g` waits a moment for the letter of a list. */
export function keyboard() {
  let going = $state(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function setGoing(on: boolean) {
    going = on;
    clearTimeout(timer);
    if (on) timer = setTimeout(() => setGoing(false), GO_MS);
  }

  return {
    /** whether the letter of a list is waited for */
    get going() {
      return going;
    },
    onkeydown(event: KeyboardEvent) {
      if (event.defaultPrevented) return;
      const command = commandOf(event, {
        typing: isTyping(event.target),
        inQueue: inQueue(event.target),
        inDialog: document.querySelector('dialog[open]') !== null,
        going,
        letters: shortcuts.on,
      });
      // Shift alone is not the letter that is waited for
      if (going && event.key.length === 1) setGoing(false);
      if (command === 'go') setGoing(true);
      else if (!command || !run(command)) return;
      event.preventDefault();
    },
    stop: () => clearTimeout(timer),
  };
}

import { onMount } from 'svelte';
import { inQueue, isTyping, run } from './commands.ts';
import { commandOf } from './keys.ts';
import { shortcuts } from './shortcuts.svelte.ts';

const GO_MS = 2_000;

/** What the desk does with a key; `going` while `g` waits a moment for the letter of a list. */
export function deskKeys() {
  let going = $state(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function setGoing(on: boolean) {
    going = on;
    clearTimeout(timer);
    if (on) timer = setTimeout(() => setGoing(false), GO_MS);
  }

  onMount(() => () => clearTimeout(timer));

  return {
    get going() {
      return going;
    },
    onkeydown(event: KeyboardEvent) {
      if (event.defaultPrevented) return;
      const command = commandOf(event, {
        typing: isTyping(event.target),
        inQueue: inQueue(event.target),
        // `:is` passes over what an older browser doesn't know
        inDialog: document.querySelector(':is(dialog[open], :popover-open)') !== null,
        going,
        letters: shortcuts.on,
      });
      // Shift alone is not the letter that is waited for
      if (going && event.key.length === 1) setGoing(false);
      if (command === 'go') setGoing(true);
      else if (!command || !run(command)) return;
      event.preventDefault();
    },
  };
}

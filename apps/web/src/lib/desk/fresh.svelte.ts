import { onMount } from 'svelte';
import { isReachable, listen } from '#lib/live.ts';
import { invalidate } from '$app/navigation';
import { pressing } from './submit.svelte.ts';

const NEWS_TOGETHER_MS = 300;
const MINUTE_MS = 60_000;

/**
 * Keeps queue and pane as they are in the database, for as long as the component is there: at every
 * change that the live connection tells of, and each minute, because the time that is left moves on.
 */
export function keepFresh(slug: () => string, chosen: () => string | null): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let paneToo = false;

  /** Reads the queue anew, and the pane when it is about its question; several at once are one. */
  function refresh(ref: string | null) {
    paneToo ||= ref === null || ref === chosen();
    timer ??= setTimeout(async () => {
      timer = undefined;
      if (pressing.now) return refresh(paneToo ? null : '');
      // a refresh that fails would put an error in the place of what someone is typing
      if (!(await isReachable())) return;
      const both = paneToo;
      paneToo = false;
      await Promise.all([invalidate('wijk:desk'), both && invalidate('wijk:desk-question')]);
    }, NEWS_TOGETHER_MS);
  }

  // every change of a question is told to the desk as well: one topic serves queue and pane
  $effect(() => listen(slug(), 'desk', (message) => refresh(message?.ref ?? null)));

  onMount(() => {
    const clock = setInterval(() => document.hidden || refresh(null), MINUTE_MS);
    return () => {
      clearInterval(clock);
      clearTimeout(timer);
    };
  });
}

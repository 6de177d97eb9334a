import { isReachable } from '#lib/live.ts';
import { invalidate } from '$app/navigation';
import { pressing } from './submit.svelte.ts';

const NEWS_TOGETHER_MS = 300;

/**
 * Reads the queue anew, and the pane when the news is about its question; several at once are one.
 * @param chosen the question in the pane now
 */
export function rereader(chosen: () => string | null) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let paneToo = false;

  /** `ref` is the question that the news is about; null: any may have changed */
  function refresh(ref: string | null): void {
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

  return { refresh, stop: () => clearTimeout(timer) };
}

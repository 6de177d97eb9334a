/**
 * What a page without Svelte in the browser has instead: news comes in by itself, a press keeps its
 * place on the page, typed text is kept on the device, and a lost connection loses nothing. Everything
 * works without it too; see docs/decisions/0025-plain-pages.md.
 */
import { keepDrafts } from './drafts.ts';
import { watch } from './fresh.ts';
import { sendInPlace } from './send.ts';

for (const element of document.querySelectorAll<HTMLElement>('[data-scripted]'))
  element.hidden = element.dataset.scripted === 'without';
keepDrafts();
sendInPlace();
watch();

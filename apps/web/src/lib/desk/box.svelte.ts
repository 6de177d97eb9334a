import { onMount, untrack } from 'svelte';
import { forgetDraft, keepDraft, readDraft } from '#lib/draft.ts';
import { errorOf, type Refusal, refusalOf } from '#lib/forms.ts';
import { page } from '$app/state';
import { quietly } from './submit.svelte.ts';
import type { Work } from './work.ts';

type Values = Record<string, string>;

interface Options<V extends Values> {
  /** of the form, as a refusal names it */
  name: string;
  work: () => Work;
  /** what stands in the fields at first */
  start: () => V;
  /** fields that are kept on this device; never those of a text that has to go */
  keep?: readonly (keyof V & string)[];
  done?: () => void;
  /** whether a refusal of a form of this name is meant for this one */
  mine?: (refusal: Refusal) => boolean;
}

/**
 * One form of the pane. What is typed stays whatever happens around it: a colleague's change, a
 * refusal, a lost connection. The version and the key of the press are those of the moment at which
 * the typing began, so that a change by another meanwhile is noticed.
 */
export function boxOf<V extends Values>({ name, work, start, keep = [], done, mine }: Options<V>) {
  const slug = page.data.wijk?.slug ?? '';
  const { ref } = work().pane;
  const draft = `desk-${name}-${ref}`;
  const refusal = $derived.by(() => {
    const found = refusalOf(work().form, name);
    return found && (mine?.(found) ?? true) ? found : null;
  });

  const first = start();
  let values = $state<V>({ ...first });
  let touched = $state(false);
  let version = $state<number | null>(null);
  let press = $state('');

  const known = () => {
    version ??= work().pane.version;
    press ||= work().key;
  };

  function reset() {
    forgetDraft(draft, slug);
    values = { ...start() };
    touched = false;
    version = null;
    press = '';
  }

  const sending = quietly(() => {
    reset();
    done?.();
  });

  // what a refusal brings back, without JavaScript too; and one has now seen how it stands
  let shown: Refusal | null = null;
  function takeOver(fresh: Refusal | null) {
    if (!fresh || fresh === shown) return;
    shown = fresh;
    // what stands in the fields may be newer than what was sent
    if (!touched)
      for (const field of Object.keys(first) as (keyof V & string)[])
        values[field] = (fresh.values[field] ?? values[field]) as V[typeof field];
    touched = true;
    version = null;
    press = fresh.key || press;
  }
  takeOver(untrack(() => refusal));
  $effect(() => takeOver(refusal));

  onMount(() => {
    if (keep.length === 0 || touched) return;
    const kept = readDraft(draft, slug);
    if (!kept) return;
    for (const field of keep) values[field] = (kept[field] ?? values[field]) as V[typeof field];
    touched = keep.some((field) => values[field] !== first[field]);
    if (touched) known();
  });

  return {
    sending,
    /** someone wrote or chose something here */
    get touched() {
      return touched;
    },
    get values() {
      // an untouched form follows the question
      return touched ? values : start();
    },
    get version() {
      return version ?? work().pane.version;
    },
    get key() {
      return press || work().key;
    },
    get refusal() {
      return refusal;
    },
    error: (field: string) => errorOf(refusal, field),
    type(field: keyof V & string, value: string) {
      if (!touched) values = { ...start() };
      values[field] = value as V[typeof field];
      touched = true;
      known();
      if (keep.includes(field))
        keepDraft(draft, slug, Object.fromEntries(keep.map((one) => [one, values[one] ?? ''])));
    },
    id: (field: string) => `${name}-${field}`,
  };
}

/** Ctrl+Enter sends the form in which one types. */
export function sendByKey(event: KeyboardEvent & { currentTarget: HTMLFormElement }): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

import { deserialize } from '$app/forms';

const AFTER_MS = 3000;

interface Kept {
  version: number;
  marks: string[];
}

/**
 * Keeps what is typed in a form every few seconds, without touching the form: what somebody goes on typing
 * meanwhile stays. One at a time, and never beside a press of theirs.
 */
export function autosave(action: string, version: () => number) {
  let kept = $state<Kept | null>(null);
  let status = $state<'' | 'saving' | 'saved' | 'failed'>('');
  let at = $state('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();

  async function keep(form: HTMLFormElement): Promise<void> {
    status = 'saving';
    try {
      const body = new FormData(form);
      body.set('version', String(current()));
      const response = await fetch(action, {
        method: 'POST',
        body,
        headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
      });
      const result = deserialize<{ kept: Kept }, Record<string, unknown>>(await response.text());
      if (result.type !== 'success' || !result.data) throw new Error('not kept');
      kept = result.data.kept;
      at = new Date().toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit' });
      status = 'saved';
    } catch {
      status = 'failed';
    }
  }
  const current = () => Math.max(version(), kept?.version ?? 0);

  return {
    typed(form: HTMLFormElement) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(() => keep(form));
      }, AFTER_MS);
    },
    /** Before a press: what is under way is waited for, and nothing new begins. */
    async settle(): Promise<number> {
      clearTimeout(timer);
      await running;
      return current();
    },
    stop: () => clearTimeout(timer),
    get marks() {
      return kept?.marks ?? null;
    },
    get status() {
      return status;
    },
    get at() {
      return at;
    },
  };
}

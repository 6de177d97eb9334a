import { forget } from './drafts.ts';
import { holdNews, refresh } from './fresh.ts';
import { announce, whole } from './page.ts';

type Outcome = { type: 'success' } | { type: 'redirect'; location: string } | { type: string };

/**
 * Forms are sent without leaving the page. What is refused is sent once more by the browser, which
 * shows the page with the faults: nothing was done the first time. A form that says `data-reload` is
 * left to the browser.
 */
export function sendInPlace(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post' || form.closest('[data-reload]')) return;
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    void send(form, event.submitter);
  });
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  busy(form, submitter, true);
  tell(form, false);
  holdNews(true);
  let here = true;
  try {
    const outcome = await post(form, submitter);
    if (outcome.type === 'failure') {
      here = false;
      return native(form, submitter);
    }
    // the error page would take the typed text away
    if (outcome.type === 'error') return tell(form, true);
    forget(form);
    form.reset();
    if ('location' in outcome) here = await go(outcome.location);
    else await refresh();
  } catch {
    tell(form, true);
  } finally {
    busy(form, submitter, false);
    if (here) holdNews(false);
  }
}

async function post(form: HTMLFormElement, submitter: HTMLElement | null): Promise<Outcome> {
  const fields = new FormData(form, submitter);
  const response = await fetch(actionOf(form, submitter), {
    method: 'POST',
    headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
    body:
      form.enctype === 'multipart/form-data'
        ? fields
        : new URLSearchParams([...fields] as [string, string][]),
  });
  return (await response.json()) as Outcome;
}

const actionOf = (form: HTMLFormElement, submitter: HTMLElement | null) =>
  (submitter instanceof HTMLButtonElement && submitter.hasAttribute('formaction')
    ? submitter.formAction
    : // not `form.action`: a field may have that name
      form.getAttribute('action')) ?? location.href;

/** Where it leads to; on this page that is what changed, and the place it points at. @returns whether it is this page */
async function go(to: string): Promise<boolean> {
  const url = new URL(to, location.href);
  if (url.pathname + url.search !== location.pathname + location.search) {
    location.assign(url);
    return false;
  }
  await refresh();
  if (url.hash && url.hash !== location.hash) location.hash = url.hash;
  else document.getElementById(url.hash.slice(1))?.scrollIntoView();
  return true;
}

function native(form: HTMLFormElement, submitter: HTMLElement | null): void {
  if (submitter instanceof HTMLButtonElement && submitter.name) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = submitter.name;
    field.value = submitter.value;
    form.append(field);
  }
  form.setAttribute('action', actionOf(form, submitter));
  HTMLFormElement.prototype.submit.call(form);
}

function busy(form: HTMLFormElement, submitter: HTMLElement | null, on: boolean): void {
  form.ariaBusy = on ? 'true' : null;
  if (on) submitter?.setAttribute('aria-disabled', 'true');
  else submitter?.removeAttribute('aria-disabled');
}

/** The connection was lost: what was typed still stands, and can be sent again. */
function tell(form: HTMLFormElement, failed: boolean): void {
  const place = form.querySelector<HTMLElement>('[data-offline]');
  if (place) place.hidden = !failed;
  else if (failed) announce(whole().dataset.offline ?? '');
}

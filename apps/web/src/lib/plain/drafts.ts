import { forgetDraft, keepDraft, readDraft } from '../draft.ts';
import { whole } from './page.ts';

const FIELD = 'textarea, input[type=text]';
type TextField = HTMLTextAreaElement | HTMLInputElement;

const slug = () => whole().dataset.live ?? '';
const fieldsOf = (form: HTMLFormElement) => [...form.querySelectorAll<TextField>(FIELD)];

/** Forms that name a draft keep their texts on the device until they were sent. */
export function keepDrafts(): void {
  document.addEventListener('input', ({ target }) => {
    const form = (target as TextField).form;
    if (!form?.dataset.draft) return;
    keepDraft(
      form.dataset.draft,
      slug(),
      Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value])),
    );
  });
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-draft]')) {
    const kept = readDraft(form.dataset.draft ?? '', slug());
    for (const field of fieldsOf(form)) field.value ||= kept?.[field.name] ?? '';
  }
}

export function forget(form: HTMLFormElement): void {
  if (form.dataset.draft) forgetDraft(form.dataset.draft, slug());
}

import type { Page } from 'playwright-core';

export type How = 'empty' | 'nonsense';

/** Nothing, or words that are no address, no number, no time of day, and far too many. */
const NONSENSE = {
  email: 'piet bij thuis',
  text: 'Verantwoordelijkheidsbesef '.repeat(12).trim(),
  textarea: 'Rioolwaterzuiveringsinstallatie. '.repeat(400).trim(),
};

/** In the page: what somebody can type or choose in this form, and what stands there by name. */
const HELPERS = `
  const fieldsOf = (form) => [...form.elements].filter((one) =>
    one.name && one.matches('input, textarea, select') && !['hidden', 'file'].includes(one.type) && !one.closest('.trap'));
  const standing = (form) => Object.fromEntries(fieldsOf(form)
    .filter((one) => !['radio', 'checkbox'].includes(one.type) || one.checked)
    .map((one) => [one.id || one.name, one.value]));`;

/** What stands in the fields of the first such form (css), by id. */
export const standsIn = (page: Page, form: string): Promise<Record<string, string>> =>
  page.evaluate(
    `(() => { ${HELPERS} return standing(document.querySelector(${JSON.stringify(form)})); })()`,
  );

/**
 * Fills the first such form (css) with nothing or with nonsense and sends it by the button with these
 * words, as a browser without scripts does; what was sent, by id of the field. The page that comes
 * back has its scripts again.
 */
export function sendRefused(page: Page, form: string, how: How, press: string) {
  return page.evaluate<Record<string, string>>(`(() => {
    ${HELPERS}
    const form = document.querySelector(${JSON.stringify(form)});
    const given = ${JSON.stringify(how === 'nonsense' ? NONSENSE : null)};
    addEventListener('submit', (event) => event.stopImmediatePropagation(), { capture: true });
    for (const one of fieldsOf(form)) {
      if (['radio', 'checkbox'].includes(one.type)) { if (!given) one.checked = false; }
      else if (one.tagName === 'SELECT') { if (!given) one.value = ''; }
      else if (one.tagName === 'TEXTAREA') one.value = given ? given.textarea : '';
      else one.value = given ? given[one.type] ?? given.text : '';
    }
    const sent = standing(form);
    [...form.elements].find((one) => one.type === 'submit' && one.textContent.includes(${JSON.stringify(press)})).click();
    return sent;
  })()`);
}

/**
 * What is wrong with how the page says its faults: each field in question has words of its own that
 * describe it and are there to see; the summary has the focus and leads to every one of them by the
 * name that the reader knows. Empty when all is well.
 */
export const unsaid = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const faults = [];
    const seen = (one) => one && one.getClientRects().length > 0 && one.textContent.trim() !== '';
    const summaries = [...document.querySelectorAll('main .error-summary')].filter(seen);
    if (summaries.length !== 1) return [summaries.length + ' summaries'];
    const [summary] = summaries;
    if (!summary.contains(document.activeElement)) faults.push('the focus is on ' + (document.activeElement.id || document.activeElement.tagName));
    const links = [...summary.querySelectorAll('a')];
    const words = [...document.querySelectorAll('main .error')].filter(seen);
    if (links.length === 0) faults.push('no links: ' + summary.textContent.trim());
    if (words.length !== links.length) faults.push(links.length + ' links to ' + words.length + ' faults');
    for (const link of links) {
      const id = decodeURIComponent(link.hash.slice(1));
      const to = document.getElementById(id);
      if (!to) { faults.push('leads nowhere: #' + id); continue; }
      if (!seen(to) && !to.matches('input, select, textarea')) faults.push('hidden: #' + id);
      const [label] = link.textContent.trim().split(': ');
      if (label === id || /^[a-z]/.test(label) || label === 'undefined') faults.push('no name: ' + link.textContent.trim());
      if (!to.matches('input, select, textarea, button, [tabindex]')) faults.push('takes no focus: #' + id);
    }
    for (const one of words) {
      const told = document.querySelectorAll('[aria-describedby~="' + CSS.escape(one.id) + '"]');
      if (!one.id || told.length === 0) faults.push('describes nothing: ' + one.textContent.trim());
    }
    for (const one of document.querySelectorAll('main [aria-invalid="true"]'))
      if (!(one.getAttribute('aria-describedby') ?? '').split(' ').some((id) => words.some((w) => w.id === id)))
        faults.push('without words: ' + (one.id || one.name));
    for (const one of [...words, ...links])
      if (/undefined|null|\\{|\\[object|[a-z]+[.-][a-z]+-[a-z]+/.test(one.textContent)) faults.push('no words: ' + one.textContent.trim());
    if (!/^\\(\\d+ fout/.test(document.title)) faults.push('not in the title: ' + document.title);
    return faults;
  })()`);

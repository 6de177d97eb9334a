/** Somebody is busy in it: it has other values than it came with, or the cursor stands in it. */
export function isTouched(form: HTMLFormElement): boolean {
  const at = document.activeElement;
  if (at && form.contains(at) && at.matches('input:not([type=hidden]), textarea, select'))
    return true;
  return [...form.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
    if (!(field instanceof HTMLInputElement) || field.type === 'hidden') return false;
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  });
}

const isKept = (node: Node) =>
  node instanceof Element &&
  (node.hasAttribute('data-keep') || (node instanceof HTMLFormElement && isTouched(node)));

const keyOf = (node: Node) => (node instanceof Element && node.id) || null;

const holdsTouched = (node: Node) =>
  isKept(node) || (node instanceof Element && [...node.querySelectorAll('form')].some(isTouched));

/** What the reader opened stays open, what they ticked or typed stays theirs. */
const OWN = new Set(['open', 'checked']);

function setAttributes(from: Element, to: Element): void {
  for (const { name } of [...from.attributes])
    if (!to.hasAttribute(name) && !OWN.has(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes)
    if (from.getAttribute(name) !== value && !OWN.has(name)) from.setAttribute(name, value);
}

/**
 * Makes `from`, which is on the page, equal to `to`, which was read anew, with as few changes as
 * possible: focus, place, opened details and forms that somebody is busy in stay as they are.
 */
export function morph(from: Element, to: Element): void {
  if (isKept(from) || from.isEqualNode(to)) return;
  // what was said stays until something else is said: it is told once, and news may come right after it
  if (from.hasAttribute('data-last') && !to.firstElementChild) return;
  setAttributes(from, to);
  const known = new Map<string, Node>();
  for (const child of from.childNodes) {
    const key = keyOf(child);
    if (key) known.set(key, child);
  }
  let at: ChildNode | null = from.firstChild;
  for (const wanted of inOrder(from, to, known)) {
    const key = keyOf(wanted);
    const same = (key && known.get(key)) || (!key && at && alike(at, wanted) ? at : null);
    if (same) {
      if (same === at) at = at.nextSibling;
      else from.insertBefore(same, at);
      change(same, wanted);
    } else from.insertBefore(document.importNode(wanted, true), at);
  }
  while (at) {
    const next: ChildNode | null = at.nextSibling;
    if (!holdsTouched(at)) at.remove();
    at = next;
  }
}

/** Where the page says so, what is there keeps its order, and what is new comes after it. */
function inOrder(from: Element, to: Element, known: Map<string, Node>): ChildNode[] {
  const children = [...to.childNodes];
  if (!from.hasAttribute('data-steady')) return children;
  const places = [...known.keys()];
  const place = (node: Node) => places.indexOf(keyOf(node) ?? '') + 1 || 1e9;
  return children.sort((a, b) => place(a) - place(b));
}

const alike = (a: Node, b: Node) => a.nodeName === b.nodeName && !keyOf(a);

function change(node: Node, wanted: Node): void {
  if (node instanceof Element) morph(node, wanted as Element);
  else if (node.nodeValue !== wanted.nodeValue) node.nodeValue = wanted.nodeValue;
}

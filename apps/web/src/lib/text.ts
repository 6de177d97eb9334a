/** Fills `{name}` in a text that the server sent; what is missing stays visible as its name. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

export function counted(count: number, texts: { one: string; other: string }): string {
  return fill(count === 1 ? texts.one : texts.other, { count });
}

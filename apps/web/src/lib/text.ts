/** Fills `{name}` in a text that the server sent; what is missing stays visible as its name. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

export function counted(count: number, texts: { one: string; other: string }): string {
  return fill(count === 1 ? texts.one : texts.other, { count });
}

/** 'Noor', 'Noor en Johan', 'Noor, Johan en Ayse' */
export function namesIn(names: readonly string[], and: string): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;
}

/** A YAML scalar that is always text, whatever it looks like. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

/** Lines moved to the right; empty lines stay empty. */
export function indent(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}

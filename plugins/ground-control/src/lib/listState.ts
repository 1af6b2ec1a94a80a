/**
 * Lists in URLs: values joined by commas, where a value's own commas and
 * backslashes are escaped with a backslash.
 */
export function formatList(values: string[]): string {
  return values.map(value => value.replace(/[\\,]/g, '\\$&')).join(',');
}

/** Reads what {@link formatList} writes; empty values are dropped. */
export function parseList(text: string | null | undefined): string[] {
  const values: string[] = [];
  let value = '';
  for (let i = 0; i < (text ?? '').length; i++) {
    const char = text![i];
    if (char === '\\' && i + 1 < text!.length) {
      value += text![++i];
    } else if (char === ',') {
      values.push(value);
      value = '';
    } else {
      value += char;
    }
  }
  values.push(value);
  return values.filter(Boolean);
}

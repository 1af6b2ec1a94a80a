/**
 * Makes a function that takes credentials out of a text before it reaches an
 * error, a log line or a row. Whatever stands before an `@` in a URL goes too,
 * because git repeats URLs, a proxy's included, in what it says.
 *
 * @public
 */
export function createRedactor(
  secrets: Array<string | undefined>,
): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (!secret) continue;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    forms.add(Buffer.from(secret).toString('base64'));
  }
  // The longest first: a short form may be part of a long one.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return text => {
    let redacted = text;
    for (const form of ordered) {
      redacted = redacted.split(form).join('***');
    }
    return redacted.replace(/:\/\/[^/\s@'"]*@/g, '://***@');
  };
}

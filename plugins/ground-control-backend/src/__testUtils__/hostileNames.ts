/** Names that somebody may try; none of them is a service. */
export const HOSTILE_NAMES = [
  '../../etc/passwd',
  '..',
  '--upload-pack=touch x',
  'a\nb',
  "x' or '1'='1",
  '%',
  '_edger-api',
  'x'.repeat(300),
  'счёт',
  '会計',
  '\u202Eipa',
  '$(id)',
];

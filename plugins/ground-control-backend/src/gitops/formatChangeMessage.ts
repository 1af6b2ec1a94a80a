import { GitIdentity } from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../lib/cleanText';

const LONGEST_REASON = 500;
const LONGEST_VALUE = 1_000;

/** A value of a trailer stays on its line, and its angle brackets are the address's. */
function formatIdentity({ name, email }: GitIdentity): string {
  const part = (text: string) => cleanText(text, 200).replace(/[<>]/g, '');
  return `${part(name)} <${part(email)}>`;
}

/**
 * The message of a commit that somebody had us make and that releases nothing.
 * The reason is one paragraph of its own, and the trailers are the last: no
 * word of it can become one.
 */
export function formatChangeMessage(options: {
  title: string;
  changedBy: GitIdentity;
  reason?: string;
  trailers?: ReadonlyArray<[key: string, value: string]>;
}): string {
  const { title, changedBy, reason, trailers = [] } = options;
  const why = cleanText(reason ?? '', LONGEST_REASON);
  const lines = [
    `Changed-by: ${formatIdentity(changedBy)}`,
    ...trailers.map(
      ([key, value]) => `${key}: ${cleanText(value, LONGEST_VALUE)}`,
    ),
  ];
  return [title, ...(why ? [why] : []), lines.join('\n')]
    .join('\n\n')
    .concat('\n');
}

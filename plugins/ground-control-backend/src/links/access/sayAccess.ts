import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';

type Words = Pick<Verdict, 'policy' | 'title' | 'reason'>;

const MOST_NAMED = 10;

export function passes(words: Words, momentary = false): Verdict {
  return { level: 'pass', ...words, momentary, overridable: false };
}

export function warns(
  words: Words & { remedy: string },
  momentary = false,
): Verdict {
  return { level: 'warning', ...words, momentary, overridable: false };
}

/** Nothing helps: an entry that can't be written, or can't work, isn't asked for. */
export function blockFinally(words: Words & { remedy: string }): Verdict {
  return { level: 'block', ...words, momentary: false, overridable: false };
}

/** Names as a part of a sentence. */
export function nameAll(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED);
  if (names.length > MOST_NAMED) return `${shown.join(', ')}, …`;
  return shown.length > 1
    ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
    : shown.join('');
}

import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';

type Words = Pick<Verdict, 'policy' | 'title' | 'reason'>;

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

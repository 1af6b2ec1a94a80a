import { Saying } from './types';

type Words = Pick<Saying, 'title' | 'reason' | 'rule'>;

export function pass(words: Words, momentary = false): Saying {
  return { level: 'pass', ...words, momentary, overridable: false };
}

export function warn(
  words: Words & { remedy: string },
  momentary = false,
): Saying {
  return { level: 'warning', ...words, momentary, overridable: false };
}

/** @param words - `until`: when it is over by itself */
export function block(
  words: Words & Pick<Saying, 'until'> & { remedy: string },
  momentary = false,
): Saying {
  return { level: 'block', ...words, momentary, overridable: true };
}

import { cutMiddle } from '../../lib/cutMiddle';

/** Longer ones are cut by whatever shows them, and then lose what matters. */
const LONGEST_TITLE = 50;
/** Less of a service's name tells few apart. */
const ENOUGH_OF_A_NAME = 12;
const LEAST_OF_A_NAME = 5;

/** A title's fixed words around the service's name. */
export interface TitleWords {
  before: string;
  after: string;
}

function roomOf({ before, after }: TitleWords): number {
  return LONGEST_TITLE - before.length - after.length;
}

/**
 * A title of at most 50 characters. The service is cut in its middle, never
 * what stands around it.
 *
 * @param wordings - the best first; one that leaves too little of the name
 * gives way to the next
 */
export function formatTitle(service: string, wordings: TitleWords[]): string {
  const needed = Math.min(service.length, ENOUGH_OF_A_NAME);
  const words =
    wordings.find(one => roomOf(one) >= needed) ??
    wordings[wordings.length - 1];
  const name = cutMiddle(service, Math.max(roomOf(words), LEAST_OF_A_NAME));
  // Only an environment of thirty letters and more comes to this.
  return cutMiddle(words.before + name + words.after, LONGEST_TITLE);
}

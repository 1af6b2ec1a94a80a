import { cutMiddle } from '../../lib/cutMiddle';

/** Longer ones are cut by whatever shows them, and then lose what matters. */
export const LONGEST_TITLE = 50;
/** Less of a name says nothing. */
const LEAST_OF_A_NAME = 5;

/**
 * A title of at most 50 characters, of which only the name is cut.
 *
 * @param ends - the first that the whole name fits with stands after it
 */
export function fitTitle(
  start: string,
  name: string,
  ends: string[] = [],
): string {
  const room = LONGEST_TITLE - start.length;
  const end = ends.find(one => name.length + one.length <= room) ?? '';
  return start + cutMiddle(name, Math.max(room, LEAST_OF_A_NAME)) + end;
}

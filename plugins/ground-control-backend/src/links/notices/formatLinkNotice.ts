import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { cutMiddle } from '../../lib/cutMiddle';
import { sayTime } from '../../lib/sayTime';
import { wordOf } from '../wordOf';
import { LinkNotice, SquadStep } from './types';

type Payload = NotificationSendOptions['payload'];

/** Longer ones are cut by whatever shows them, and then lose what matters. */
const LONGEST_TITLE = 50;
const LONGEST_DESCRIPTION = 1_000;
const MOST_LINES = 20;
const ARROW = ' → ';

const capitalize = (text: string) => text[0].toUpperCase() + text.slice(1);

function formatPair({ from, to }: LinkNotice, room: number): string {
  const left = room - ARROW.length;
  if (from.length + to.length <= left) return from + ARROW + to;
  const half = Math.floor(left / 2);
  const ofFrom = Math.max(half, left - to.length);
  const first = cutMiddle(from, ofFrom);
  return first + ARROW + cutMiddle(to, left - first.length);
}

function formatOne(start: string, notice: LinkNotice, ends: string[]): string {
  const whole = notice.from.length + ARROW.length + notice.to.length;
  const room = (end: string) => LONGEST_TITLE - start.length - end.length;
  const end = ends.find(one => room(one) >= whole) ?? '';
  return start + formatPair(notice, room(end)) + end;
}

const sumOfCalls = (notices: LinkNotice[]) =>
  notices.reduce((sum, { calls }) => sum + calls, 0);

/** A title of at most 50 characters. */
export function formatLinkTitle(
  tell: NonNullable<SquadStep['tell']>,
  bad: LinkNotice[],
): string {
  const { begun, over } = tell;
  if (begun.length === 1) {
    const [notice] = begun;
    return formatOne(`${capitalize(wordOf(notice))}: `, notice, [
      `, ${notice.calls} of your calls`,
      `, ${notice.calls} calls`,
    ]);
  }
  if (begun.length > 1) {
    return `${bad.length} links not well, ${sumOfCalls(bad)} of your calls`;
  }
  return over.length === 1
    ? formatOne(`No longer ${wordOf(over[0])}: `, over[0], [])
    : `${over.length} links are no longer unwell`;
}

function formatLines(bad: LinkNotice[], over: LinkNotice[]): string {
  const nameOf = ({ from, to }: LinkNotice) => `${from}${ARROW}${to}`;
  const lines = [
    ...bad.map(
      notice =>
        `${nameOf(notice)}: ${wordOf(notice)} since ${sayTime(notice.since)}, ${
          notice.calls
        } of your calls`,
    ),
    ...over.map(notice => `${nameOf(notice)}: no longer ${wordOf(notice)}`),
  ];
  const rest = lines.length - MOST_LINES;
  const shown =
    rest > 0 ? [...lines.slice(0, MOST_LINES), `and ${rest} more`] : lines;
  return shown.join('\n').slice(0, LONGEST_DESCRIPTION).toWellFormed();
}

/**
 * What a squad is told: all of its links that aren't well, and those that are
 * no longer so. The next takes the place of the one before, so it says all.
 */
export function formatLinkNotice({
  squadRef,
  after,
  tell = { begun: [], over: [] },
}: SquadStep): Payload {
  const bad = after.filter(
    ({ toldState, overSince }) =>
      toldState !== undefined && overSince === undefined,
  );
  return {
    title: formatLinkTitle(tell, bad),
    description: formatLines(bad, tell.over),
    link: `/links/calls?squad=${encodeURIComponent(squadRef)}`,
    severity: tell.begun.length > 0 ? 'high' : 'normal',
    topic: 'link.affects-you',
    scope: `ground-control:links:${squadRef}`,
  };
}

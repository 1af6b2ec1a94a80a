import { describeRestarts } from './describeRestarts';
import { entitleUnwell, findHealth, findPastMs } from './findHealth';
import { fitTitle, formatSpan } from './formatSpan';
import { Saying, SoakFacts, Stay } from './types';

type Words = Pick<Saying, 'title' | 'reason'>;

const NOT_ASKED = 'no soak is asked';

function say(title: string, what: string): Words {
  return { title: fitTitle(title), reason: `${what}; ${NOT_ASKED}.` };
}

/** Of an artifact that is current in the environment before. */
function describePresent(
  soak: SoakFacts,
  stay: Stay,
  before: string,
  now: number,
): Words {
  const health = findHealth(soak, stay.from);
  if ('unwell' in health) {
    const title = entitleUnwell(health.state, before);
    return say(title, `It is ${health.state} in ${health.unwell} of ${before}`);
  }
  if ('untold' in health) {
    return say(
      `Health in ${before} unknown`,
      `How it does in ${health.untold} of ${before} can't be told now`,
    );
  }
  const span = formatSpan(Math.max(0, now - health.since));
  const restarts = describeRestarts(soak);
  return soak.clusters.length === 0
    ? say(
        `${span} in ${before}`,
        `Current in ${before} for ${span}, and no cluster of it is watched`,
      )
    : say(
        `Healthy for ${span}${restarts.title}`,
        `Healthy in ${before} for ${span}${restarts.reason}`,
      );
}

/** Of one that was, and isn't any more. */
function describePast(
  soak: SoakFacts,
  until: number,
  before: string,
  now: number,
): Words {
  const title = `No longer in ${before}`;
  const to = `until ${formatSpan(now - until)} ago`;
  const pastMs = findPastMs(soak);
  if (pastMs === undefined) {
    return say(
      title,
      `It was current in ${before} ${to}, and how well it did isn’t known`,
    );
  }
  return soak.unwatched
    ? say(
        title,
        `It was current in ${before} for ${formatSpan(
          pastMs,
        )}, ${to}, and no cluster of it is watched`,
      )
    : say(
        title,
        `It was healthy in ${before} for ${formatSpan(pastMs)}, ${to}`,
      );
}

/** What is known of an artifact in the environment before, where no rule asks for it. */
export function describeUnasked(
  soak: SoakFacts,
  before: string,
  now: number,
): Words {
  if (soak.unread) {
    return say('No soak asked', `How it did in ${before} wasn't looked at`);
  }
  const [stay] = soak.stays;
  if (!stay) return say(`Never ran in ${before}`, `It never ran in ${before}`);
  return stay.to === undefined
    ? describePresent(soak, stay, before, now)
    : describePast(soak, stay.to, before, now);
}

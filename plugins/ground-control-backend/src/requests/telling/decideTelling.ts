import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { REMINDED } from '../decide/readLastReminder';
import { formatRequestId } from '../reading/requestId';
import { formatTitle, TitleWords } from './formatTitle';
import { Audience, Telling, UntoldStep } from './types';

type Severity = NotificationSendOptions['payload']['severity'];

/** The code of the step that says that a request is about to expire. */
export const EXPIRING = 'expiring';
/** What is older is no news to anybody. */
export const TOLD_WITHIN_MS = 24 * 60 * 60_000;

const LONGEST_DESCRIPTION = 1_000;

interface Words {
  topic: string;
  severity: Severity;
  to: Audience[];
  /** The beginnings of titles, the best first. */
  starts: string[];
  /** Their end, where there is room, such as `, 3 commits`. */
  end?: string;
  /** Instead of `: <service> → <environment>`. */
  wordings?: TitleWords[];
}

function decideFailed({ request, clusters }: UntoldStep): Words {
  const to: Audience[] = ['requester', 'decided', 'squad'];
  if (request.revision === null) {
    // It was never written, so whatever ran there goes on.
    return {
      topic: 'release.failed',
      severity: 'high',
      to,
      starts: ['Not released'],
    };
  }
  const failed = clusters.filter(({ state }) => state === 'failed');
  const places = [
    ...(failed.length === 1 ? [failed[0].cluster] : []),
    request.environment,
  ];
  return {
    topic: 'release.failed',
    severity: 'critical',
    to,
    starts: [],
    wordings: places.map(place => ({
      before: `Failed in ${place}: `,
      after: '',
    })),
  };
}

const SUCCEEDED: Record<string, string> = {
  'no-clusters': 'Committed',
  replaced: 'Replaced',
};

function toRequester(topic: string, ...starts: string[]): Words {
  return { topic, severity: 'normal', to: ['requester'], starts };
}

function formatHour(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

/** How much it is; of going back that would say the opposite. */
function describeSize({ changes, request }: UntoldStep): string | undefined {
  const { kind, total } = changes ?? {};
  if (!total || request.intent === 'rollback') return undefined;
  if (kind === 'unknown') return undefined;
  const one = kind === 'commits' ? 'commit' : 'build';
  return `, ${total} ${total === 1 ? one : `${one}s`}`;
}

function decideWords(untold: UntoldStep): Words | undefined {
  const { step, request } = untold;
  const byOther = step.by !== null && step.by !== request.requested_by;
  if (step.code === EXPIRING && step.state === null) {
    return request.state === 'pending' && request.expires_at !== null
      ? {
          topic: 'release.expiring',
          severity: 'high',
          to: ['deciders', 'requester'],
          starts: [`Expires ${formatHour(request.expires_at)}`],
        }
      : undefined;
  }
  if (step.code === REMINDED && step.state === null) {
    return request.state === 'pending'
      ? {
          topic: 'release.reminder',
          severity: 'high',
          to: ['deciders'],
          starts: ['Still waits'],
          end: describeSize(untold),
        }
      : undefined;
  }
  switch (step.state) {
    case 'pending':
      return request.state === 'pending'
        ? {
            topic: 'release.decision-needed',
            severity: 'high',
            to: ['deciders'],
            starts: ['Decide'],
            end: describeSize(untold),
          }
        : undefined;
    case 'approved':
      // Where nobody has to decide, there is nothing to tell; nor when what
      // held it has passed.
      return byOther && step.by!.startsWith('user:')
        ? toRequester(
            'release.decided',
            step.code === 'overridden' ? 'Block overridden' : 'Approved',
          )
        : undefined;
    case 'rejected':
      return toRequester('release.decided', 'Rejected');
    case 'cancelled':
      return byOther
        ? toRequester('release.cancelled', 'Cancelled')
        : undefined;
    case 'expired':
      return toRequester('release.expired', 'Expired');
    case 'outdated':
      return toRequester(
        'release.refresh-needed',
        'Changed, ask again',
        'Outdated',
      );
    case 'superseded':
      return toRequester(
        'release.superseded',
        ...(request.superseded_by === null
          ? []
          : [`Replaced by ${formatRequestId(request.superseded_by)}`]),
        'Replaced',
      );
    case 'held':
      return request.state === 'held'
        ? toRequester('release.held', 'Held')
        : undefined;
    case 'failed':
      return decideFailed(untold);
    case 'succeeded':
      return {
        ...toRequester('release.succeeded', SUCCEEDED[step.code] ?? 'Running'),
        severity: 'low',
      };
    default:
      return undefined;
  }
}

function describe({ step, request }: UntoldStep): string {
  const asked = request.requested_by_name ?? request.requested_by;
  return [
    `${request.service} in ${request.environment}: ${request.artifact_id}`,
    step.message,
    step.state === 'pending' || [EXPIRING, REMINDED].includes(step.code)
      ? `Asked by ${asked}${request.reason ? `: ${request.reason}` : ''}`
      : step.by_name && `By ${step.by_name}`,
  ]
    .filter(Boolean)
    .join('\n')
    .slice(0, LONGEST_DESCRIPTION)
    .toWellFormed();
}

/**
 * Decides what people are told of a step, and who; undefined where it is news
 * to nobody. One about the same request takes the place of the one before.
 */
export function decideTelling(
  untold: UntoldStep,
  now: number,
): Telling | undefined {
  const { step, request } = untold;
  if (now - step.at >= TOLD_WITHIN_MS) return undefined;
  const words = decideWords(untold);
  if (!words) return undefined;
  const id = formatRequestId(request.number);
  const { topic, severity, to, starts } = words;
  const ends = words.end === undefined ? [''] : [words.end, ''];
  return {
    to,
    payload: {
      title: formatTitle(
        request.service,
        words.wordings ??
          ends.flatMap(end =>
            starts.map(start => ({
              before: `${start}: `,
              after: ` → ${request.environment}${end}`,
            })),
          ),
      ),
      description: describe(untold),
      link: `/releases/requests/${id}?from=notification`,
      severity,
      topic,
      scope: id,
    },
  };
}

import { REMINDED } from '../decide/readLastReminder';
import { BLOCK_OVERRIDDEN } from '../decide/writeDecision';
import { formatRequestId } from '../reading/requestId';
import { isAccessRow, RequestRow } from '../types';
import { decideAccessDone, decideAccessFailed } from './decideAccessEnd';
import { describeAccess } from './describeAccess';
import { formatTitle, TitleWords } from './formatTitle';
import { Audience, Telling, UntoldStep, Words } from './types';

/** The code of the step that says that a request is about to expire. */
export const EXPIRING = 'expiring';
/** What is older is no news to anybody. */
export const TOLD_WITHIN_MS = 24 * 60 * 60_000;

const LONGEST_DESCRIPTION = 1_000;

function isRollback({ intent }: RequestRow): boolean {
  return intent === 'rollback';
}

function decideFailed({ request, clusters }: UntoldStep): Words {
  const to: Audience[] = ['requester', 'decided', 'squad'];
  const back = isRollback(request);
  if (request.revision === null) {
    // It was never written, so whatever ran there goes on.
    return {
      topic: 'failed',
      severity: 'high',
      to,
      starts: [back ? 'Not rolled back' : 'Not released'],
      saysBack: true,
    };
  }
  const failed = clusters.filter(({ state }) => state === 'failed');
  const places = [
    ...(failed.length === 1 ? [failed[0].cluster] : []),
    request.environment,
  ];
  return {
    topic: 'failed',
    severity: 'critical',
    to,
    starts: [],
    wordings: places.map(place => ({
      before: `${back ? 'Rollback failed' : 'Failed'} in ${place}: `,
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

function decideDone({ step, request }: UntoldStep): Words {
  const done = SUCCEEDED[step.code];
  const runs = isRollback(request) ? 'Rolled back' : 'Running';
  return {
    ...toRequester('succeeded', done ?? runs),
    severity: 'low',
    saysBack: !done,
  };
}

function formatHour(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

/** How much it is; of going back that would say the opposite. */
function describeSize({ changes, request }: UntoldStep): string | undefined {
  const { kind, total } = changes ?? {};
  if (!total || isRollback(request)) return undefined;
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
          topic: 'expiring',
          severity: 'high',
          to: ['deciders', 'requester'],
          starts: [`Expires ${formatHour(request.expires_at)}`],
          brief: 'Expires',
        }
      : undefined;
  }
  if (step.code === REMINDED && step.state === null) {
    return request.state === 'pending'
      ? {
          topic: 'reminder',
          severity: 'high',
          to: ['deciders'],
          starts: ['Still waits'],
          brief: 'Waits',
          end: describeSize(untold),
        }
      : undefined;
  }
  if (step.code === 'overridden' || step.code === BLOCK_OVERRIDDEN) {
    // What nobody may do unseen: the squad answers for what is released.
    return {
      topic: 'overridden',
      severity: 'high',
      to: ['requester', 'leads', 'configured'],
      starts: ['Block overridden'],
      brief: 'Overridden',
    };
  }
  switch (step.state) {
    case 'pending':
      return request.state === 'pending'
        ? {
            topic: 'decision-needed',
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
        ? toRequester('decided', 'Approved')
        : undefined;
    case 'rejected':
      return toRequester('decided', 'Rejected');
    case 'cancelled':
      return byOther ? toRequester('cancelled', 'Cancelled') : undefined;
    case 'expired':
      return toRequester('expired', 'Expired');
    case 'outdated':
      return toRequester('refresh-needed', 'Changed, ask again', 'Outdated');
    case 'superseded':
      return toRequester(
        'superseded',
        ...(request.superseded_by === null
          ? []
          : [`Replaced by ${formatRequestId(request.superseded_by)}`]),
        'Replaced',
      );
    case 'held':
      return request.state === 'held' ? toRequester('held', 'Held') : undefined;
    case 'failed':
      return isAccessRow(request)
        ? decideAccessFailed(untold)
        : decideFailed(untold);
    case 'succeeded':
      return isAccessRow(request)
        ? decideAccessDone(untold)
        : decideDone(untold);
    default:
      return undefined;
  }
}

/** What a title is about; the best first. */
function decideWordings(
  { request, access }: UntoldStep,
  { brief, end, saysBack, saysEnd, starts }: Words,
): TitleWords[] {
  if (isAccessRow(request)) {
    const ends = request.intent === 'access-remove' && !saysEnd;
    const what = ends ? 'end of access to' : 'access to';
    const place = access ? ` → ${access.wish.cluster}` : '';
    return [place, ''].flatMap(after =>
      starts.map(start => ({ before: `${start}: ${what} `, after })),
    );
  }
  const saysIt = isRollback(request) && !saysBack;
  const all = saysIt && brief ? [...starts, brief] : starts;
  return (end === undefined ? [''] : [end, '']).flatMap(after =>
    all.map(start => ({
      before: `${start}: ${saysIt ? 'roll back ' : ''}`,
      after: ` → ${request.environment}${after}`,
    })),
  );
}

function describeWish({ request, access }: UntoldStep): string {
  if (access) return describeAccess(access);
  const { artifact_id, environment, service } = request;
  return isRollback(request)
    ? `Roll back ${service} in ${environment} to ${artifact_id}`
    : `${service} in ${environment}: ${artifact_id}`;
}

function describe(untold: UntoldStep): string {
  const { step, request } = untold;
  const asked = request.requested_by_name ?? request.requested_by;
  return [
    describeWish(untold),
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
  const { access, step, request } = untold;
  if (now - step.at >= TOLD_WITHIN_MS) return undefined;
  const words = decideWords(untold);
  if (!words) return undefined;
  const id = formatRequestId(request.number);
  const { topic, severity, to } = words;
  return {
    to,
    payload: {
      title: formatTitle(
        access?.wish.name ?? request.service,
        words.wordings ?? decideWordings(untold, words),
      ),
      description: describe(untold),
      link: `/releases/requests/${id}?from=notification`,
      severity,
      topic: `${request.kind}.${topic}`,
      scope: id,
    },
  };
}

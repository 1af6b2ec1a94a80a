import { UntoldStep, Words } from './types';

/** Nothing that ran before fails with it, so that it wakes nobody. */
const FAILED: Pick<Words, 'topic' | 'severity' | 'to'> = {
  topic: 'failed',
  severity: 'high',
  to: ['requester', 'decided'],
};

export function decideAccessFailed({
  clusters,
  request,
  step,
}: UntoldStep): Words {
  if (request.revision === null) return { ...FAILED, starts: ['Not written'] };
  if (step.code === 'deadline') {
    return request.intent === 'access-remove'
      ? { ...FAILED, starts: ['Still there'], saysEnd: true }
      : { ...FAILED, starts: ['No answer'] };
  }
  const failed = clusters.filter(({ state }) => state === 'failed');
  const places = failed.length === 1 ? [`Failed in ${failed[0].cluster}`] : [];
  return { ...FAILED, starts: [...places, 'Failed'] };
}

const STARTS: Record<string, string> = {
  answers: 'Answers',
  'mirrored-unmeasured': 'Mirrored',
  'ingress-there': 'There',
  gone: 'Gone',
  replaced: 'Changed since',
};

export function decideAccessDone({ step }: UntoldStep): Words {
  return {
    topic: 'succeeded',
    severity: 'low',
    to: ['requester'],
    starts: [STARTS[step.code] ?? 'Committed'],
    saysEnd: step.code === 'gone',
  };
}

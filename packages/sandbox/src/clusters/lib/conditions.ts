/** As Kubernetes writes a time: whole seconds. */
export function kubeTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  lastTransitionTime?: string;
  [key: string]: unknown;
}

/**
 * The wanted conditions, each with the moment when its status last changed.
 * What isn't wanted any more is left out.
 */
export function withTransitions(
  wanted: Condition[],
  before: unknown,
  now: number,
): Condition[] {
  const known = Array.isArray(before) ? (before as Condition[]) : [];
  return wanted.map(condition => {
    const same = known.find(
      ({ type, status }) =>
        type === condition.type && status === condition.status,
    );
    return {
      ...condition,
      lastTransitionTime: same?.lastTransitionTime ?? kubeTime(now),
    };
  });
}

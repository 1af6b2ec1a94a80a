import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';
import { KubeFault, KubeFaultKind } from '../kube';
import { KindReading } from '../types';

/** What is known of a kind when the connection is judged. */
export type JudgedKind = Pick<KindReading, 'kind' | 'state' | 'reason'> & {
  needed: boolean;
  fault?: KubeFault;
};

/** How a cluster's connection stands, and why it isn't live. */
export interface ConnectionVerdict {
  state: ClusterConnectionState;
  reason?: string;
}

const BY_FAULT: Partial<Record<KubeFaultKind, ClusterConnectionState>> = {
  unreachable: 'unreachable',
  'timed-out': 'unreachable',
  unauthorized: 'unauthorized',
  untrusted: 'untrusted',
  forbidden: 'forbidden',
};

/** Several kinds that are the same way, in one sentence. */
function nameKinds(kinds: JudgedKind[]): string {
  return kinds.map(kind => kind.kind).join(', ');
}

function judgeNeeded(kinds: JudgedKind[]): ConnectionVerdict | undefined {
  const needed = kinds.filter(kind => kind.needed);
  const inState = (state: KindReading['state']) =>
    needed.filter(kind => kind.state === state);

  const forbidden = inState('forbidden');
  if (forbidden.length > 0) {
    return {
      state: 'forbidden',
      reason: `We may not read ${nameKinds(
        forbidden,
      )} (403). Give our account the rights of deploy/rbac.yaml`,
    };
  }
  const [failing] = inState('failing');
  if (failing) {
    return {
      state: (failing.fault && BY_FAULT[failing.fault.kind]) ?? 'failing',
      reason: `${failing.kind}: ${
        failing.reason ?? 'It is not being followed'
      }`,
    };
  }
  const absent = inState('absent');
  if (absent.length > 0) {
    return {
      state: 'failing',
      reason: `It has no ${nameKinds(
        absent,
      )}: Flux is not installed in it, or not yet`,
    };
  }
  return inState('starting').length > 0 ? { state: 'syncing' } : undefined;
}

/**
 * How a cluster's connection stands. What concerns all of it comes first:
 * whether it answers us at all, then which cluster it is, then the kinds
 * without which it can't be called live. Other kinds don't count.
 */
export function decideConnection(options: {
  /** Whether it ever answered. */
  hasAnswered: boolean;
  /** The answer to the last question whether it is there, when it was a fault. */
  fault?: KubeFault;
  /** The same when it doesn't count by itself, such as that it asks us to wait. */
  lastFault?: KubeFault;
  /** What it calls itself, when that isn't what it is configured as. */
  mistaken?: { expected: string; reported: string };
  kinds: JudgedKind[];
  /** Since it answered anything. */
  silentMs?: number;
  /** Silence that can't be explained. */
  staleAfterMs: number;
}): ConnectionVerdict {
  const { fault, mistaken, kinds, hasAnswered, silentMs } = options;
  if (fault) {
    return { state: BY_FAULT[fault.kind] ?? 'failing', reason: fault.message };
  }
  if (mistaken) {
    return {
      state: 'mistaken',
      reason: `It calls itself ${mistaken.reported}, and is configured as ${mistaken.expected}. Nothing of it is read until its address or its identity is put right`,
    };
  }
  if (!hasAnswered) return { state: 'starting' };
  if (silentMs !== undefined && silentMs > options.staleAfterMs) {
    return options.lastFault
      ? { state: 'failing', reason: options.lastFault.message }
      : {
          state: 'stale',
          reason: 'It has not been heard of, for no reason that is known',
        };
  }
  return judgeNeeded(kinds) ?? { state: 'live' };
}

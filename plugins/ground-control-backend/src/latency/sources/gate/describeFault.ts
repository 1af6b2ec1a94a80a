import {
  LatencyFault,
  LatencyFaultKind,
} from '@ground-control/backstage-plugin-ground-control-node';
import { classifyError } from '../../../clusters/kube/classifyError';
import { KubeFaultKind } from '../../../clusters/kube/KubeFault';

/** What isn't here is `failing`. */
const KINDS: Partial<Record<KubeFaultKind, LatencyFaultKind>> = {
  unreachable: 'unreachable',
  'timed-out': 'unreachable',
  unauthorized: 'forbidden',
};

/** Makes a fault of what a request threw; nothing of the other side is in it. */
export function describeError(error: unknown): LatencyFault {
  if (error instanceof LatencyFault) return error;
  const code = String((error as NodeJS.ErrnoException)?.code ?? '');
  if (/^Z_/.test(code)) {
    return new LatencyFault(
      'failing',
      `Its answer is packed in a way that can't be unpacked (${code})`,
    );
  }
  const { kind, message } = classifyError(error);
  return new LatencyFault(KINDS[kind] ?? 'failing', message);
}

/** Makes a fault of a status that isn't 200. */
export function describeStatus(
  status: number,
  isAnonymous: boolean,
): LatencyFault {
  switch (status) {
    case 401:
      return new LatencyFault(
        'forbidden',
        isAnonymous
          ? 'It asks who we are, and no authorization is configured for it (401)'
          : 'It does not accept our credentials (401); they may have expired or be of another place',
      );
    case 403:
      return new LatencyFault('forbidden', 'It does not let us read (403)');
    case 404:
      return new LatencyFault(
        'failing',
        'There is nothing at its address (404); check the path',
      );
    case 429:
      return new LatencyFault('failing', 'It asks us to wait (429)');
    default:
  }
  if (status >= 300 && status < 400) {
    return new LatencyFault(
      'failing',
      `It sends us elsewhere (${status}); configure the address that it names`,
    );
  }
  return new LatencyFault(
    'failing',
    status >= 500
      ? `It failed to answer (${status})`
      : `It does not understand us (${status}); check its address`,
  );
}

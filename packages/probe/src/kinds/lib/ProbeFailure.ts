import { formatDuration } from '../../lib/duration.ts';
import type { Failure } from '../../types.ts';
import type { Attempt } from '../Attempt.ts';

const AFTER = {
  dns: 'the name server was asked',
  connect: 'the connection was asked for',
  tls: 'the TLS handshake began',
  answer: 'the request was sent',
};

/** A probe's end that isn't well, with its reason in one sentence. */
export class ProbeFailure extends Error {
  readonly result: Failure;

  constructor(result: Failure, reason: string) {
    super(reason);
    this.name = 'ProbeFailure';
    this.result = result;
  }

  /** The deadline came first. */
  static deadline({ phase, phases, target }: Attempt): ProbeFailure {
    const limit = formatDuration(target.deadlineMs);
    return new ProbeFailure(
      // A name server that says nothing says nothing about the link.
      phase === 'dns' ? 'dns' : 'timeout',
      phases[phase] === undefined
        ? `No answer within ${limit}: nothing came after ${AFTER[phase]}.`
        : `No whole answer within ${limit}: it began and did not end.`,
    );
  }
}

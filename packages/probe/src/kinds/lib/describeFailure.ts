import { cleanText } from '../../lib/cleanText.ts';
import type { Failure, Phase, Target } from '../../types.ts';
import { ProbeFailure } from './ProbeFailure.ts';

const MAX_REASON = 300;

const RESULT_BY_CODE: Record<string, Failure> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'dns',
};

const WORDS: Partial<Record<Failure, string>> = {
  refused: 'refused the connection',
  unreachable: "can't be reached from here",
  timeout: 'did not answer the connection attempt in time',
};

function decideResult(code: string, phase: Phase): Failure {
  const known = RESULT_BY_CODE[code];
  if (known) return known;
  if (phase === 'dns' || code.startsWith('EAI_')) return 'dns';
  if (code.startsWith('HPE_')) return 'protocol';
  // A server that wants a certificate says so only after TLS 1.3's handshake.
  if (phase === 'tls' || /^ERR_(SSL|TLS)_|^EPROTO$/.test(code)) return 'tls';
  return 'error';
}

const RESET = {
  dns: 'looking up its name',
  connect: 'connecting',
  tls: 'the TLS handshake',
  answer: 'it had answered',
};

/**
 * Names what ended a probe. Nothing of a request but the host is repeated: a
 * path's query may hold a secret.
 */
export function describeFailure(
  error: unknown,
  phase: Phase,
  { host, port }: Pick<Target, 'host' | 'port'>,
): { result: Failure; reason: string } {
  if (error instanceof ProbeFailure) {
    return { result: error.result, reason: error.message };
  }
  const { code = '', message } = error as NodeJS.ErrnoException;
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const result = decideResult(code, phase);
  const words = WORDS[result];
  let reason: string;
  if (words) {
    reason = `${where} ${words} (${code}).`;
  } else if (result === 'reset') {
    const when = phase === 'answer' ? 'before' : 'during';
    reason = `${where} closed the connection ${when} ${RESET[phase]} (${code}).`;
  } else if (result === 'dns') {
    reason = `The name ${host} has no address that could be found (${code}).`;
  } else if (result === 'protocol') {
    reason = `${where} answered something that isn't HTTP (${code}).`;
  } else {
    reason = `${where}: ${message} (${code || 'no code'}).`;
  }
  return { result, reason: cleanText(reason, MAX_REASON) };
}

import { KubeFault, KubeFaultKind } from './KubeFault';

const UNKNOWN_AUTHORITY =
  "Its certificate is signed by an authority that we don't trust; configure its certificate authority";

/** By Node's error codes; what isn't here is `unreachable`. */
const BY_CODE: Record<string, [KubeFaultKind, string]> = {
  ECONNREFUSED: ['unreachable', 'It refuses connections'],
  ECONNRESET: ['unreachable', 'The connection broke'],
  EPIPE: ['unreachable', 'The connection broke'],
  ENOTFOUND: ['unreachable', 'Its host name is not known'],
  EAI_AGAIN: ['unreachable', "Its host name can't be looked up at the moment"],
  EHOSTUNREACH: ['unreachable', 'There is no way to its host'],
  ENETUNREACH: ['unreachable', 'There is no way to its network'],
  ETIMEDOUT: ['timed-out', 'It did not answer in time'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'untrusted',
    'Its certificate is for another host',
  ],
  HOSTNAME_MISMATCH: ['untrusted', 'Its certificate is for another host'],
  CERT_HAS_EXPIRED: ['untrusted', 'Its certificate has expired'],
  CERT_NOT_YET_VALID: ['untrusted', 'Its certificate is not valid yet'],
  CERT_REVOKED: ['untrusted', 'Its certificate was revoked'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'untrusted',
    'Its certificate is signed by nobody but itself; configure its certificate authority',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: ['untrusted', UNKNOWN_AUTHORITY],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['untrusted', UNKNOWN_AUTHORITY],
  UNABLE_TO_GET_ISSUER_CERT: ['untrusted', UNKNOWN_AUTHORITY],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['untrusted', UNKNOWN_AUTHORITY],
  CERT_SIGNATURE_FAILURE: [
    'untrusted',
    'Its certificate is not signed by the authority that it names',
  ],
  ERR_INVALID_CHAR: [
    'unauthorized',
    "Our credentials for it hold a character that can't be sent; check the file or variable that they come from",
  ],
  EPROTO: [
    'malformed',
    'It does not speak TLS as we do; check that its address is right and begins with https',
  ],
};

/** Makes a fault of what a request, or reading of its answer, threw. */
export function classifyError(error: unknown): KubeFault {
  if (error instanceof KubeFault) return error;
  const code = String((error as NodeJS.ErrnoException)?.code ?? '');
  const known = BY_CODE[code];
  if (known) return new KubeFault(known[0], `${known[1]} (${code})`);
  if (/^ERR_(TLS|SSL|OSSL)|CERT/.test(code)) {
    return new KubeFault('untrusted', `TLS with it failed (${code})`);
  }
  if (/^HPE_/.test(code)) {
    return new KubeFault('malformed', `It does not speak HTTP (${code})`);
  }
  return new KubeFault(
    'unreachable',
    code ? `The connection failed (${code})` : 'The connection failed',
  );
}

import { classifyError } from './classifyError';
import { classifyStatus } from './classifyStatus';
import { KubeFault } from './KubeFault';

describe('classifyStatus', () => {
  it.each([
    [401, 'unauthorized', /does not accept our credentials/],
    [403, 'forbidden', /We may not list pods/],
    [404, 'not-found', /nothing to list pods/],
    [410, 'gone', /too old/],
    [429, 'throttled', /asks us to wait/],
    [500, 'server-error', /failed to list pods/],
    [503, 'server-error', /failed to list pods/],
    [301, 'malformed', /sends us elsewhere/],
    [400, 'malformed', /does not understand us/],
  ])('%d is %s', (status, kind, words) => {
    const fault = classifyStatus({ status, what: 'list pods' });
    expect(fault.kind).toBe(kind);
    expect(fault.message).toMatch(words);
  });

  it('says that we have no credentials where we have none', () => {
    expect(
      classifyStatus({ status: 401, what: 'list pods', anonymous: true })
        .message,
    ).toMatch(/no credentials are configured/);
  });

  it.each([
    ['7', 7_000],
    ['999999', 300_000],
    ['Fri, 01 Jan 1999 00:00:00 GMT', undefined],
    ['-1', undefined],
    [undefined, undefined],
  ])('waits as Retry-After %j says', (retryAfter, retryAfterMs) => {
    const fault = classifyStatus({ status: 429, retryAfter, what: 'x' });
    expect(fault.retryAfterMs).toBe(retryAfterMs);
  });

  it('goes back to a list where the server knows nothing as new', () => {
    const body = {
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    };
    expect(classifyStatus({ status: 504, body, what: 'x' }).kind).toBe('gone');
  });
});

describe('classifyError', () => {
  it.each([
    ['ECONNREFUSED', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['ESOMETHING', 'unreachable'],
    ['ETIMEDOUT', 'timed-out'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted'],
    ['CERT_HAS_EXPIRED', 'untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
    ['ERR_OSSL_SOMETHING', 'untrusted'],
    ['ERR_INVALID_CHAR', 'unauthorized'],
    ['EPROTO', 'malformed'],
    ['HPE_INVALID_CONSTANT', 'malformed'],
  ])('%s is %s', (code, kind) => {
    const error = Object.assign(new Error('canary'), { code });
    const fault = classifyError(error);
    expect(fault.kind).toBe(kind);
    expect(fault.message).not.toContain('canary');
  });

  it('leaves a fault as it is, and makes one of anything', () => {
    const fault = new KubeFault('gone', 'x');
    expect(classifyError(fault)).toBe(fault);
    expect(classifyError(undefined).kind).toBe('unreachable');
  });
});

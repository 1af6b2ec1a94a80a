import { createHmac } from 'node:crypto';
import { isEqual } from './isEqual';

type Headers = Record<string, string | string[] | undefined>;

/**
 * Whether a webhook was sent by somebody who knows the secret: GitHub (and
 * Gitea, Forgejo, Bitbucket) sign the body in `x-hub-signature-256`, GitLab
 * sends the secret itself in `x-gitlab-token`. Compared in constant time, over
 * the bytes as they came.
 */
export function isGenuine(
  request: { headers: Headers; rawBody: Buffer },
  secret: string,
): boolean {
  const signature = request.headers['x-hub-signature-256'];
  if (typeof signature === 'string') {
    const digest = createHmac('sha256', secret)
      .update(request.rawBody)
      .digest('hex');
    return isEqual(signature, `sha256=${digest}`);
  }
  const token = request.headers['x-gitlab-token'];
  return typeof token === 'string' && isEqual(token, secret);
}

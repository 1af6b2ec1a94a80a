import { createHmac, timingSafeEqual } from 'node:crypto';

type Headers = Record<string, string | string[] | undefined>;

function equals(a: string, b: string): boolean {
  // Hashed first, because the comparison wants equal lengths and the length of
  // a secret is nobody's business.
  const hash = (text: string) =>
    createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

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
    return equals(signature, `sha256=${digest}`);
  }
  const token = request.headers['x-gitlab-token'];
  return typeof token === 'string' && equals(token, secret);
}

import { createHash } from 'crypto';
import { Request, Response } from 'express';

/**
 * Names the content of an answer. The moment of the answer is no part of it:
 * ages are counted from that moment, so a reader who keeps an older answer
 * knows as much.
 */
function hashContent(answer: { asOf: string }): string {
  const { asOf, ...content } = answer;
  const hash = createHash('sha256').update(JSON.stringify(content));
  return `W/"${hash.digest('base64url').slice(0, 27)}"`;
}

/**
 * Sends an answer, or says that the reader has it already.
 *
 * @param encode - how it travels; as it is by default
 */
export function sendTagged<Answer extends { asOf: string }>(
  request: Request,
  response: Response,
  answer: Answer,
  encode: (answer: Answer) => unknown = same => same,
): void {
  response.set('ETag', hashContent(answer));
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  response.json(encode(answer));
}

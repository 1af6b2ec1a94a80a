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

/** An answer as it travels. */
export interface TaggedAnswer {
  tag: string;
  body: string;
}

/** @param encode - how it travels; as it is by default */
export function formatTagged<Answer extends { asOf: string }>(
  answer: Answer,
  encode: (answer: Answer) => unknown = same => same,
): TaggedAnswer {
  return {
    tag: hashContent(answer),
    body: JSON.stringify(encode(answer)),
  };
}

/**
 * Sends an answer, or says that the reader has it already.
 */
export function sendTagged(
  request: Request,
  response: Response,
  answer: TaggedAnswer,
): void {
  response.set('ETag', answer.tag);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  response.type('json').send(answer.body);
}

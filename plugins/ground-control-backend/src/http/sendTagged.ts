import { createHash } from 'crypto';
import { Request, Response } from 'express';

/** An answer as it travels. */
export interface TaggedAnswer {
  tag: string;
  body: string;
}

/** Names content, by its JSON. */
function toTag(content: string): string {
  const hash = createHash('sha256').update(content);
  return `W/"${hash.digest('base64url').slice(0, 27)}"`;
}

/**
 * Makes an answer's text, and names its content. The moment of the answer is no
 * part of it: ages are counted from that moment, so a reader who keeps an older
 * answer knows as much.
 */
export function formatTagged<Answer extends { asOf: string }>(
  answer: Answer,
): TaggedAnswer {
  const { asOf, ...content } = answer;
  const text = JSON.stringify(content);
  // Writing JSON takes most of the time of a large answer: it is done once.
  const rest = text === '{}' ? '}' : `,${text.slice(1)}`;
  return {
    tag: toTag(text),
    body: `{"asOf":${JSON.stringify(asOf)}${rest}`,
  };
}

/** Adds what is the reader's own to an answer that others get too. */
export function addOwn(answer: TaggedAnswer, own: object): TaggedAnswer {
  const text = JSON.stringify(own);
  return {
    tag: toTag(`${answer.tag}${text}`),
    body: `${text.slice(0, -1)},${answer.body.slice(1)}`,
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

import { InputError } from '@backstage/errors';
import express, { RequestHandler } from 'express';

const MOST_BYTES = 64 * 1024;

/** A form on somebody else's page can send text, but not JSON. */
const requireJson: RequestHandler = (request, _response, next) => {
  if (!request.is('application/json')) {
    throw new InputError('Send the body as application/json');
  }
  next();
};

const readBody = express.json({ limit: MOST_BYTES });

/** What the parser says of a body, in our words. */
function explain(error: unknown): unknown {
  const { type } = error as { type?: unknown };
  if (type === 'entity.too.large') {
    return new InputError(`The body may be at most ${MOST_BYTES / 1024} kB`);
  }
  return typeof type === 'string'
    ? new InputError('The body is no JSON that can be read')
    : error;
}

const parseJson: RequestHandler = (request, response, next) =>
  readBody(request, response, (error?: unknown) =>
    next(error && explain(error)),
  );

/** Reads a body of JSON, as handlers before a route's own. */
export const jsonBody: RequestHandler[] = [requireJson, parseJson];

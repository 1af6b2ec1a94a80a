import {
  Board,
  encodeBoard,
} from '@ground-control/backstage-plugin-ground-control-common';
import { createHash } from 'crypto';
import { Request, Response } from 'express';

/**
 * Names the content of a board. The moment of the answer is no part of it:
 * ages are counted from that moment, so a reader who keeps an older answer
 * knows as much.
 */
export function hashBoard(board: Board): string {
  const { asOf, ...content } = board;
  const hash = createHash('sha256').update(JSON.stringify(content));
  return `W/"${hash.digest('base64url').slice(0, 27)}"`;
}

/** Sends a board, or says that the reader has it already. */
export function sendBoard(
  request: Request,
  response: Response,
  board: Board,
): void {
  response.set('ETag', hashBoard(board));
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  response.json(encodeBoard(board));
}

import { StatusError } from './http/StatusError.ts';
import type { Call } from './http/types.ts';
import { answerGet, answerList } from './read/answerRead.ts';
import {
  answerCreate,
  answerDelete,
  answerPatch,
  answerUpdate,
  refuseDryRun,
} from './write/answerWrite.ts';

const ANSWERS: Record<string, (call: Call) => void | Promise<void>> = {
  get: answerGet,
  list: answerList,
  create: answerCreate,
  update: answerUpdate,
  patch: answerPatch,
  delete: answerDelete,
};

/** Answers what isn't a watch. */
export async function answerCall(verb: string, call: Call): Promise<void> {
  const { type, name, subresource } = call.target;
  const hasStatus = subresource === 'status' && !type.statusless;
  if (subresource !== undefined && !hasStatus) {
    throw new StatusError(
      404,
      'NotFound',
      'the server could not find the requested resource',
      {},
    );
  }
  const answer = ANSWERS[verb];
  const needsName = verb !== 'list' && verb !== 'create';
  const statusOnly = subresource && !['get', 'update', 'patch'].includes(verb);
  if (!answer || needsName !== (name !== undefined) || statusOnly) {
    throw StatusError.methodNotAllowed();
  }
  if (verb !== 'get' && verb !== 'list') {
    refuseDryRun(call.query);
  }
  await answer(call);
}

import { RejudgeResult, RequestRow } from '../types';
import { decideGo } from './decideGo';
import { findChanges, Present } from './findChanges';

/** Decides whether an approved release may become a commit as things stand. */
export function decideRejudge(row: RequestRow, now: Present): RejudgeResult {
  return decideGo(row, { ...now, changes: findChanges(row, now) });
}

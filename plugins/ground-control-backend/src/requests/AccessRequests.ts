import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AccessStanding,
  RequestDiff,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../releases';
import type { RequestLook } from './DefaultRequestJudge';
import { AccessRow, RejudgeResult, RequestRow } from './types';

interface When {
  now: Date;
  signal?: AbortSignal;
}

/**
 * What requests for access do in their own way; all else of asking, deciding,
 * expiring and telling is as it is of releases. Whoever knows the gateway's
 * entries implements it, and no request has to know of them.
 */
export interface AccessRequests {
  /** How a request stands now; of one that is on the branch that nothing has changed. */
  look(row: AccessRow, options: When): Promise<RequestLook>;
  /** Whether it may become a commit as things stand. */
  rejudge(row: AccessRow, options: When): Promise<RejudgeResult>;
  /** Asks for the same again, as things are now. */
  repeat(
    credentials: BackstageCredentials,
    row: AccessRow,
    idempotencyKey: string,
  ): Promise<RequestRow>;
  /**
   * Of an open request, as one reader may see it.
   *
   * @param options - `clusters`: whether the reader may see how links are
   */
  readStanding(
    context: ReadContext,
    row: AccessRow,
    options: When & { clusters: boolean },
  ): Promise<AccessStanding>;
  /**
   * The gateway's file: as it is now against as it would be while a request is
   * open, and afterwards as its commit changed it.
   *
   * @param options - `whole`: whether the reader may see what stands beside the entry
   */
  readDiff(
    row: AccessRow,
    options: { whole: boolean; signal?: AbortSignal },
  ): Promise<RequestDiff>;
}

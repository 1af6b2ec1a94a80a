import { NoticeSubject } from '../types';

/**
 * Drift of a service that Flux put right: the last time, by cluster. Each is by
 * the cluster's own clock, which is only compared with itself.
 */
export type CorrectionTimes = Record<string, number>;

/** What clusters say now. */
export interface Corrected extends NoticeSubject {
  times: CorrectionTimes;
  /** Entity ref; absent while nobody is known to own it. */
  squadRef?: string;
}

/** What is known of corrections. Our times are milliseconds since 1970. */
export interface CorrectionNotice extends NoticeSubject {
  seen: CorrectionTimes;
  /** When we saw the last; absent where nobody is to be told of any. */
  lastAt?: number;
  toldAt?: number;
}

/** What is to be done about one service in an environment. */
export interface CorrectionStep {
  before?: CorrectionNotice;
  /** As it stands then; absent when nothing of it stays. */
  after?: CorrectionNotice;
  /** Where Flux put what right; absent where there is nothing to tell. */
  tell?: { squadRef: string; times: CorrectionTimes };
}

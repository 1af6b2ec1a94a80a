import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  AskedAccess,
  RequestChanges,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RequestClusterRow, RequestRow, StepRow } from '../types';
import { TitleWords } from './formatTitle';

/**
 * `decided`: who approved it, or went over a block; `leads`: those of the squad
 * who did neither; `configured`: whom app-config names.
 */
export type Audience =
  | 'deciders'
  | 'requester'
  | 'decided'
  | 'leads'
  | 'squad'
  | 'configured';

/** What people are told of a step, before it is known who they are. */
export interface Telling {
  to: Audience[];
  payload: NotificationSendOptions['payload'];
}

/** A step that nobody was told of yet, and its request as it is now. */
export interface UntoldStep {
  step: StepRow;
  request: RequestRow;
  clusters: RequestClusterRow[];
  /** What lies between the running artifact and the requested one, where it is asked for. */
  changes?: Pick<RequestChanges, 'kind' | 'total'>;
  /** Of a request for access. */
  access?: AskedAccess;
}

/** What is told of a step, before it is put into a title. */
export interface Words {
  /** Without the kind of request, with which topics begin. */
  topic: string;
  severity: NotificationSendOptions['payload']['severity'];
  to: Audience[];
  /** The beginnings of titles, the best first. */
  starts: string[];
  /** Their end, where there is room, such as `, 3 commits`. */
  end?: string;
  /** Instead of the starts and what the title is about. */
  wordings?: TitleWords[];
  /** Of a removal: it says by itself that access ends. */
  saysEnd?: boolean;
  /** Of a rollback: it says by itself that it goes back. */
  saysBack?: boolean;
  /** Of a rollback: a shorter beginning, as its titles say what it is. */
  brief?: string;
}

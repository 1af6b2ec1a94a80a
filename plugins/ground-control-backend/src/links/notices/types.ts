import {
  LinkCode,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';

/** What squads are told of. */
export type ToldState = Extract<LinkState, 'down' | 'high'>;

/** A link as squads are told of it. */
export interface NoticeLink {
  state: LinkState;
  code: LinkCode;
  /** Since when, in milliseconds since 1970; null when unknown. */
  since: number | null;
}

/** What a squad was told of a link, or is about to be. Times as above. */
export interface LinkNotice {
  squadRef: string;
  from: string;
  to: string;
  state: ToldState;
  code: LinkCode;
  since: number;
  /** Of the squad, over the link. */
  calls: number;
  /** There is something to tell since then. */
  dueSince?: number;
  /** The worst that was told. */
  toldState?: ToldState;
  /** Told, and no longer so. */
  overSince?: number;
}

/** What is to be done about one squad. */
export interface SquadStep {
  squadRef: string;
  before: LinkNotice[];
  /** As they stand then; those that aren't in it are forgotten. */
  after: LinkNotice[];
  /** What is told, all in one; absent where there is nothing to tell. */
  tell?: { begun: LinkNotice[]; over: LinkNotice[] };
}

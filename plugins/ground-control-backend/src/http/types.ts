import {
  AuditorService,
  AuthService,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AnchorService } from '../audit/AnchorService';
import { CommitObjects } from '../gitops/readCommitTrailers';
import { LinkReadContext } from '../latency/reading/types';
import { AccessReading, AskAccess } from '../links/access';
import { ReadEntriesRepository } from '../links/entries';
import { AccessService } from '../permissions';
import { PoliciesService } from '../policies/edit';
import { ReleasesSettings } from '../releases';
import { ReleaseFilesReader } from '../releases/readManifestDiff';
import { RequestReading } from '../requests/reading';
import { RequestsService } from '../requests/RequestsService';

/** What the routes of release requests call. */
export interface RequestRoutes {
  /** What people do. */
  service: RequestsService;
  /** What people see. */
  reading: RequestReading;
  /** Policies, and their changes. */
  policies?: PoliciesService;
  /** Wishes for access through the gateway. */
  gatewayAccess?: AccessReading;
  askAccess?: AskAccess;
}

/** Takes artifacts, each as a zip. */
export interface Uploads {
  /** Of one zip. */
  maxBytes: number;
  /**
   * @returns whether it is new; `same` where it is kept already
   * @throws InputError for what is no artifact of that name, ConflictError
   * where another is kept under it
   */
  accept(
    key: { service: string; artifactId: string },
    zip: Buffer,
    signal: AbortSignal,
  ): Promise<'kept' | 'same'>;
}

/** What the routes of links call. */
export interface LinkRoutes {
  /** Which clusters are linked, where that is known from elsewhere than samples. */
  readLinkedPairs?: LinkReadContext['readLinkedPairs'];
  /** How well the gateway's entries are read; absent where they lie in the config repository. */
  readEntriesRepository?: ReadEntriesRepository;
  /** Entity ref of their Group, whose turn it may be; absent where none is configured. */
  platformEngineers?: string;
}

/** What the routes call. */
export interface RouterOptions extends LinkRoutes {
  knex: Knex;
  settings: ReleasesSettings;
  access: AccessService;
  auth: AuthService;
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  releaseFiles: ReleaseFilesReader;
  /** Absent without an artifact store that can be written. */
  uploads?: Uploads;
  /** Backstage's own; absent where nobody listens. */
  auditor?: AuditorService;
  /** Absent where no config repository is read. */
  requests?: RequestRoutes;
  /** Heads of the audit trail that commits hold; absent likewise. */
  anchors?: AnchorService;
  /** Local git objects of the config repository; absent likewise. */
  openObjects?(): Promise<CommitObjects>;
  readRepositoryStatus(now: Date): Promise<RepositoryStatus>;
  /** The clock; the system's by default. */
  now?(): Date;
}

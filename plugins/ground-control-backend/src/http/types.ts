import {
  AuthService,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AccessService } from '../permissions';
import { ReleasesSettings } from '../releases';
import { ReleaseFilesReader } from '../releases/readManifestDiff';

/** What the routes call. */
export interface RouterOptions {
  knex: Knex;
  settings: ReleasesSettings;
  access: AccessService;
  auth: AuthService;
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  releaseFiles: ReleaseFilesReader;
  readRepositoryStatus(now: Date): Promise<RepositoryStatus>;
  /** The clock; the system's by default. */
  now?(): Date;
}

import { AuthService } from '@backstage/backend-plugin-api';
import {
  ArtifactFile,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ReleaseRequestDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ReadsFiles } from '../../artifacts';
import { RepositoryFiles } from '../../gitops/MirrorFiles';
import { AccessService, RequestAccess } from '../../permissions';
import { PolicyJudge } from '../../policies/types';
import { ReleasesSettings } from '../../releases';
import { ReleaseFile } from '../../releases/buildManifestDiff';
import { ReleaseFilesReader } from '../../releases/readManifestDiff';
import { AccessRequests } from '../AccessRequests';
import { RequestParts } from '../buildRequest';
import { DecidersService } from '../people/DecidersService';
import { RequestsService } from '../RequestsService';

/** Reads files of both sides of a comparison, Secrets masked in the same way. */
export interface ComparedFiles extends ReleaseFilesReader {
  /** Makes files of an artifact store fit to be shown and compared. */
  maskFiles(files: ArtifactFile[]): ReleaseFile[];
}

/** What the views of release requests are read with. */
export interface ReadingOptions {
  knex: Knex;
  settings: ReleasesSettings;
  auth: AuthService;
  access: AccessService;
  requests: RequestsService;
  deciders: DecidersService;
  policies: PolicyJudge;
  files: ComparedFiles;
  layout: Layout;
  /** What lies outside of releases' folders. */
  repositoryFiles: Pick<RepositoryFiles, 'readFiles'>;
  /** What was read of it lately is well enough; absent where none is configured. */
  store?: ReadsFiles;
  /** What is told of requests for access beside their rows. */
  accessRequests?: Pick<AccessRequests, 'readStanding' | 'readDiff'>;
  /** Whether the config repository may be written. */
  canWrite: boolean;
  /** The clock; the system's by default. */
  now?(): Date;
}

/** What differs between requests for releases and those for access. */
export interface KindOfDetail {
  parts: Pick<RequestParts, 'access' | 'changeCount'>;
  detail: Pick<
    ReleaseRequestDetail,
    | 'access'
    | 'artifact'
    | 'changes'
    | 'current'
    | 'others'
    | 'otherRequests'
    | 'reach'
    | 'supersededIncludes'
    | 'targetClusters'
  >;
}

/** Who reads. */
export interface Reader {
  /** Entity ref of a User; absent for whoever is no person in person. */
  person?: string;
  access: RequestAccess;
}

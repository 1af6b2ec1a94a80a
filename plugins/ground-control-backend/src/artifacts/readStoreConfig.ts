import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { S3Settings } from './s3/types';

/** Where builds are kept. */
export type ArtifactStoreSettings =
  | { folder: string; s3?: undefined }
  | { s3: S3Settings; folder?: undefined };

const WHERE = 'groundControl.artifactStore.s3';
/** As S3 wants them, and other servers too. */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/;

function readEndpoint(config: Config): string | undefined {
  const endpoint = config.getOptionalString('endpoint');
  if (endpoint === undefined) return undefined;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `${WHERE}.endpoint must be a URL with http or https, such as https://s3.example.com`,
    );
  }
  if (url.username || url.password || url.search) {
    throw new InputError(
      `${WHERE}.endpoint may not contain credentials; use accessKeyId and secretAccessKey`,
    );
  }
  return endpoint;
}

function readCredentials(config: Config): S3Settings['credentials'] {
  const accessKeyId = config.getOptionalString('accessKeyId');
  const secretAccessKey = config.getOptionalString('secretAccessKey');
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey };
  if (accessKeyId || secretAccessKey) {
    throw new InputError(
      `${WHERE} needs both accessKeyId and secretAccessKey, or neither: then the environment, files or the machine's role give them`,
    );
  }
  return undefined;
}

function readS3(config: Config): S3Settings {
  const bucket = config.getString('bucket');
  if (!BUCKET.test(bucket)) {
    throw new InputError(`${WHERE}.bucket can't be the name of a bucket`);
  }
  const region = config.getOptionalString('region');
  const endpoint = readEndpoint(config);
  const credentials = readCredentials(config);
  return {
    bucket,
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    forcePathStyle: config.getOptionalBoolean('forcePathStyle') ?? false,
    ...(credentials ? { credentials } : {}),
  };
}

/** Reads `groundControl.artifactStore`; undefined where there is no store. */
export function readStoreConfig(
  groundControl: Config,
): ArtifactStoreSettings | undefined {
  const folder = groundControl.getOptionalString('artifactStore.folder.path');
  const s3 = groundControl.getOptionalConfig('artifactStore.s3');
  if (folder && s3) {
    throw new InputError(
      'groundControl.artifactStore may have either folder or s3: there is one store',
    );
  }
  if (s3) return { s3: readS3(s3) };
  return folder ? { folder } : undefined;
}

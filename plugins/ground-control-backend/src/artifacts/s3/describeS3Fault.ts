/** What the SDK throws, as far as we look at it. */
interface S3Error {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/** What went wrong in a call: the code of the server's answer, or of the network. */
export function readS3Code(error: unknown): string {
  const { name, code, message, $metadata } = (error ?? {}) as S3Error;
  const isPlain = (text: unknown): text is string =>
    typeof text === 'string' && /^\w{1,60}$/.test(text);
  if (isPlain(code)) return code;
  if (isPlain(name) && name !== 'Error' && name !== 'Unknown') return name;
  // Of some errors of the network the SDK keeps the message alone.
  const network = /\bE[A-Z]{4,20}\b/.exec(String(message))?.[0];
  if (network) return network;
  const status = $metadata?.httpStatusCode;
  return status ? `status ${status}` : 'no answer';
}

const WHERE = 'groundControl.artifactStore.s3';

const ADVICE: Record<string, string> = {
  NoSuchBucket: `there is no such bucket: check ${WHERE}.bucket, region and endpoint`,
  AccessDenied: `access is denied: the credentials need s3:ListBucket of the bucket and s3:GetObject of what is in it, and s3:PutObject for uploads`,
  InvalidAccessKeyId: `the access key is unknown there: check ${WHERE}.accessKeyId and endpoint`,
  SignatureDoesNotMatch: `the secret key is wrong: check ${WHERE}.secretAccessKey`,
  ExpiredToken: 'the credentials have expired',
  RequestTimeTooSkewed: "this machine's clock is wrong",
  PermanentRedirect: `the bucket is in another region: check ${WHERE}.region`,
  AuthorizationHeaderMalformed: `the region is wrong: check ${WHERE}.region`,
  CredentialsProviderError: `no credentials were found: set ${WHERE}.accessKeyId and secretAccessKey, or give the machine a role`,
  SlowDown: 'it asks us to slow down; it is tried again',
  ENOTFOUND: `its host is unknown: check ${WHERE}.endpoint`,
  ECONNREFUSED: `nothing listens there: check ${WHERE}.endpoint`,
};

/** Why a bucket can't be used and what to do, for people; says no credentials. */
export function describeS3Fault(label: string, error: unknown): string {
  const code = readS3Code(error);
  const status = (error as S3Error | undefined)?.$metadata?.httpStatusCode ?? 0;
  const advice =
    ADVICE[code] ??
    (status === 403 ? ADVICE.AccessDenied : undefined) ??
    (status >= 500
      ? 'the server fails; it is tried again'
      : `check ${WHERE}, and that its server can be reached`);
  return `The artifact store ${label} can't be used (${code}): ${advice}`;
}

/** Where artifacts are kept in a bucket, and how it is reached. */
export interface S3Settings {
  bucket: string;
  /** As the SDK finds it by default. */
  region?: string;
  /** Of another server than AWS's; without credentials. */
  endpoint?: string;
  /** The bucket stands in the path, and not in the host's name. */
  forcePathStyle?: boolean;
  /** As the SDK finds them by default: environment, files, the machine's role. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** An object of a bucket, as it is listed. */
export interface ListedObject {
  key: string;
  /** Differs for different contents. */
  etag: string;
}

/** A part of an object, or all of it. */
export interface ObjectPart {
  bytes: Buffer;
  /** Where the part begins. */
  start: number;
  /** Of the whole object. */
  size: number;
  etag: string;
}

/** A person as a commit or an artifact names them. @public */
export interface Person {
  name: string;
  email: string;
}

/** Counts of known vulnerabilities. @public */
export interface Vulnerabilities {
  high: number;
  medium: number;
  low: number;
}

/**
 * A build of a service, as its `artifact.json` describes it. What the artifact
 * doesn't say is absent, never zero or empty.
 *
 * @public
 */
export interface Artifact {
  /** Opaque. */
  id: string;
  service: string;
  namespace: string;
  squad?: string;
  branch?: string;
  /** The application's commit, 40 hex digits as a rule. */
  commit?: string;
  message?: string;
  author?: Person;
  /** The application's commit at its Git host; only http and https. */
  commitUrl?: string;
  /** The commit of the build plan. */
  planCommit?: string;
  /** The CI job; only http and https. */
  ciUrl?: string;
  /** When CI ended, ISO 8601. */
  builtAt?: string;
  tests?: { passed: number; failed: number; skipped: number; url?: string };
  /** Of the code and of the image, where scanned. */
  vulnerabilities?: {
    code?: Vulnerabilities & { url?: string };
    image?: Vulnerabilities;
  };
  images: string[];
}

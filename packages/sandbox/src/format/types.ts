/** A person or machine as Git names it. */
export interface Identity {
  name: string;
  email: string;
}

/** One repository's commit that went into an artifact. */
export interface ArtifactRepository {
  branch?: string;
  sha?: string;
  authorName?: string;
  authorEmail?: string;
  committerName?: string;
  committerEmail?: string;
  message?: string;
  name?: string;
  url?: string;
  provider?: string;
}

export interface Vulnerabilities {
  high: number;
  medium: number;
  low: number;
}

export type Stage =
  | {
      id: 'build' | 'push';
      name: string;
      data: { image?: string; tag?: string; dockerVersion?: string };
    }
  | {
      id: 'test';
      name: string;
      data: {
        url?: string;
        results: { passed: number; failed: number; skipped: number };
      };
    }
  | {
      id: 'snyk-code';
      name: string;
      data: {
        snykVersion?: string;
        url?: string;
        language?: string;
        vulnerabilities: Vulnerabilities;
      };
    }
  | {
      id: 'snyk-docker';
      name: string;
      data: {
        tag?: string;
        snykVersion?: string;
        url?: string;
        baseImage?: string;
        vulnerabilities: Vulnerabilities;
      };
    };

/** What artifact.json says. Times are texts as Go writes them. */
export interface Artifact {
  id?: string;
  service?: string;
  namespace?: string;
  application: ArtifactRepository;
  ci: { jobUrl?: string; start?: string; end?: string };
  squad?: string;
  shuttle: { plan: ArtifactRepository; shuttleVersion?: string };
  stages: Stage[];
}

/** One file of a release folder or of an artifact. */
export interface NamedFile {
  name: string;
  content: string;
}

export type Intent =
  | { type: 'ReleaseArtifact' }
  | { type: 'ReleaseBranch'; branch: string }
  | { type: 'Promote'; fromEnvironment: string }
  | { type: 'Rollback'; leftArtifactId: string }
  | { type: 'AutoRelease' };

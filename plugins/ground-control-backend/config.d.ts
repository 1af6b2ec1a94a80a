import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Ground Control: releases of microservices through a GitOps repository. */
  groundControl?: {
    /** The GitOps repository that says what is released where. */
    configRepository: {
      /** Any URL that git can fetch from; may not contain a password. */
      url: string;
      /** The branch that the clusters follow; `master` by default. */
      branch?: string;
      /** How releases are laid out; `release-manager` by default. */
      layout?: string;
      /** For http and https; `git` by default, which most servers take with a token. */
      username?: string;
      /**
       * A password or token for http and https.
       * @visibility secret
       */
      password?: string;
      /**
       * A file with the password or token, read anew for each fetch.
       * @visibility secret
       */
      passwordFile?: string;
      /** A private key file for ssh. */
      sshKeyFile?: string;
      /** A known_hosts file for ssh. */
      sshKnownHostsFile?: string;
      /** A page of one commit, with `{revision}` in it. */
      commitUrl?: string;
      /** How often to ask the remote; 10 seconds by default. */
      pollInterval?: HumanDuration | string;
      /** How long git may take for one fetch; 2 minutes by default. */
      timeout?: HumanDuration | string;
      /** Where the mirror is kept; a folder of the system's temporary files by default. */
      mirrorDirectory?: string;
    };
    /** The branch of services that the board needn't mention; `master` by default. */
    mainBranch?: string;
    /** In the order of promotion; dev, staging and prod by default. */
    environments?: string[];
    /** Where builds are kept. */
    artifactStore?: {
      /** A folder with one zip per artifact: `<service>/<artifact id>`. */
      folder?: { path: string };
      /** How often to look for new artifacts; 30 seconds by default. */
      pollInterval?: HumanDuration | string;
    };
    /** How often the catalog is read; 1 minute by default. */
    catalogInterval?: HumanDuration | string;
    /** The entity ref of the Group of platform engineers. */
    platformEngineers?: string;
    /** Links from a service in an environment to other tools. */
    links?: Array<{
      title: string;
      /** `logs`, `ci`, `dashboard`, `traces` or `other`. */
      kind?: string;
      /** With `{service}`, `{namespace}`, `{environment}`, `{squad}` and `{artifactId}` in it. */
      url: string;
      /** Only for these environments; for all by default. */
      environments?: string[];
    }>;
  };
}

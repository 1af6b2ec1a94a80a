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
    /** Services' own repositories: which commits lie between two builds. */
    sourceHistory?: {
      /** Reads them with git, through copies that hold commits alone. */
      git?: {
        /**
         * A URL that git can fetch from, with `{service}`, `{namespace}` and
         * `{squad}` in its path; may not contain a password.
         */
        url: string;
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
        /** Where the copies are kept; a folder of the system's temporary files by default. */
        directory?: string;
        /** How long git may take for one fetch; 2 minutes by default. */
        timeout?: HumanDuration | string;
        /** What one copy may take on disk, in MiB; 200 by default. */
        maxRepositorySize?: number;
        /** How many copies are kept; 2,000 by default. */
        maxRepositories?: number;
      };
      /** How often all services are looked at; 1 minute by default. News is looked at at once. */
      pollInterval?: HumanDuration | string;
      /** Older builds and commits aren't looked at; 90 days by default. */
      daysKept?: number;
      /** How many commits of one service are kept; 2,000 by default. */
      commitsPerService?: number;
    };
    /**
     * The clusters to watch, and what Backstage's own list of clusters
     * (`kubernetes.clusterLocatorMethods`) doesn't say of those in it. Entries
     * are joined by name, and these win.
     */
    clusters?: Array<{
      name: string;
      /** The step of promotion that it carries; another word for a cluster that carries none. */
      environment?: string;
      /** Such as `aws`, `azure` or `gcp`. */
      provider?: string;
      region?: string;
      /** What the cluster calls itself in its ConfigMap `cluster-identity`; its name by default. */
      identity?: string;
      /** The address of its API; not needed with `kubeconfig` and `inCluster`. */
      url?: string;
      /** Its certificate authority: PEM as base64. */
      caData?: string;
      /** The same as a file of PEM. */
      caFile?: string;
      /** Believes any certificate: for trying things out alone. */
      skipTlsVerify?: boolean;
      /**
       * The token of a service account.
       * @visibility secret
       */
      token?: string;
      /**
       * A file with such a token; read anew when it is refused, and once a minute.
       * @visibility secret
       */
      tokenFile?: string;
      clientCertificate?: {
        certificateFile: string;
        /** @visibility secret */
        keyFile: string;
      };
      /** A kubeconfig, which may name a program that gets a credential. */
      kubeconfig?: {
        /** As kubectl finds it by default. */
        path?: string;
        /** The current one by default. */
        context?: string;
      };
      /** The service account of the pod that this backend runs in. */
      inCluster?: boolean;
    }>;
    /** How clusters are read; what is here suits most. */
    clusterSettings?: {
      /** How often a cluster is asked whether it is there; 3 seconds by default. */
      askInterval?: HumanDuration | string;
      /** How long it may take to answer that; 3 seconds by default. */
      askTimeout?: HumanDuration | string;
      /** How long it may take to begin the answer to anything else; 30 seconds by default. */
      responseTimeout?: HumanDuration | string;
      /** How often a kind that a cluster doesn't have is looked for; 1 minute by default. */
      absentInterval?: HumanDuration | string;
      /** Larger objects are left out, in MiB; 1 by default. */
      maxObjectSize?: number;
      /** A squad isn't told of what passes sooner; 20 seconds by default. */
      tellAfter?: HumanDuration | string;
      /** A release that is under way for longer counts as stuck; 10 minutes by default. */
      stuckAfter?: HumanDuration | string;
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

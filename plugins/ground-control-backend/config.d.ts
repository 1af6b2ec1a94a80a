import { HumanDuration } from '@backstage/types';

type LatencyLevel = {
  /** So many times the baseline, and… */
  times?: number;
  /** …so many milliseconds more. */
  plusMs?: number;
  /** Lost probes of all, 0 to 1. */
  loss?: number;
};

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
       * A password or token for http and https; without one, what
       * `integrations` have for the host.
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
      /** Whose commits releases become; without it nothing can be released from here. */
      writing?: {
        author: { name: string; email: string };
        /** The author by default. */
        committer?: { name: string; email: string };
        /** Where it is given, no commit leaves unsigned. */
        signing?: {
          ssh?: { keyFile: string };
          openpgp?: { keyId: string; home?: string };
        };
      };
    };
    /** The branch of services that the board needn't mention; `master` by default. */
    mainBranch?: string;
    /** In the order of promotion; dev, staging and prod by default. */
    environments?: string[];
    /** Where builds are kept. */
    artifactStore?: {
      /** A folder with one zip per artifact: `<service>/<artifact id>`. */
      folder?: { path: string };
      /** A bucket with one zip per artifact, under release-manager's keys: `<service>/<artifact id>`. */
      s3?: {
        bucket: string;
        /** As the AWS SDK finds it by default. */
        region?: string;
        /** Of another server than AWS's; may not contain credentials. */
        endpoint?: string;
        /** The bucket stands in the path and not in the host's name, as many other servers want it; false by default. */
        forcePathStyle?: boolean;
        /** With `secretAccessKey`; without both, the environment, files or the machine's role give credentials. */
        accessKeyId?: string;
        /** @visibility secret */
        secretAccessKey?: string;
      };
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
         * A password or token for http and https; without one, what
         * `integrations` have for the host.
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
      /** The step of promotion that it carries; another word, shown as its role, for a cluster that carries none. */
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
      /**
       * Platform engineers are told of a cluster that can't be read for longer;
       * 5 minutes by default.
       */
      tellUnreadAfter?: HumanDuration | string;
    };
    /** How links between clusters are measured, and when one is slow or lossy. */
    latency?: {
      /** What measures; of two that measure the same link, what the first says counts. */
      sources?: Array<{
        /**
         * `scrape` reads metrics of one place, `prometheus` what a Prometheus
         * has collected, its past too.
         */
        type: 'scrape' | 'prometheus';
        /** Of metrics, such as http://host:9090/metrics, or of a Prometheus, without /api/v1. */
        url: string;
        /**
         * Whose metrics: `probe` (backbone-gateway-probe, the default),
         * `linkerd` (its service mirror) or, to be scraped alone, `blackbox`.
         */
        profile?: string;
        /** The cluster that is measured from; not for a Prometheus whose metrics name it. */
        cluster?: string;
        /** With `blackbox` alone: the cluster that is probed. */
        target?: string;
        /** With `prometheus`: tells several apart. */
        name?: string;
        /** With `prometheus`: the clusters measured from, shown also before they are heard of. */
        clusters?: string[];
        /** With `prometheus` and `linkerd`: the label that names the cluster measured from. */
        sourceLabel?: string;
        /** With `prometheus`: more matchers of its series, such as `job="probe"`. */
        selector?: string;
        /** With `prometheus`, instead of a profile: PromQL that gives counters, not rates. */
        queries?: {
          /** Buckets of answered probes, with the label `le`. */
          buckets: string;
          ok?: string;
          failed?: string;
          /** Seconds since 1970. */
          lastSuccess?: string;
          /** 1 or 0. */
          alive?: string;
          /** Seconds from one probe to the next. */
          interval?: string;
        };
        /** With `queries`: labels that name the clusters; `source` and `target` by default. */
        labels?: { from: string; to: string };
        /** With `queries`: of the bounds of buckets; `s` by default. */
        unit?: 's' | 'ms';
        /** With `queries`: not every lost probe is counted. */
        lossAtLeast?: boolean;
        /** With `queries`: what is probed, for people. */
        probe?: string;
        /** How often to read; 5 seconds by default, 15 of a Prometheus. */
        interval?: HumanDuration | string;
        /** How long an answer may take; 4 seconds by default, 30 of a Prometheus. */
        timeout?: HumanDuration | string;
        authorization?: {
          /** @visibility secret */
          token?: string;
          /**
           * A file with such a token, read anew each time.
           * @visibility secret
           */
          tokenFile?: string;
          username?: string;
          /** @visibility secret */
          password?: string;
          /** @visibility secret */
          passwordFile?: string;
        };
        /** A file with its certificate authority, as PEM. */
        caFile?: string;
        /** Believes any certificate: for trying things out alone. */
        skipTlsVerify?: boolean;
      }>;
      /** From when on a link is elevated or high; for all, and for kinds of pairs. */
      thresholds?: {
        elevated?: LatencyLevel;
        high?: LatencyLevel;
        sameRegion?: { elevated?: LatencyLevel; high?: LatencyLevel };
        sameProvider?: { elevated?: LatencyLevel; high?: LatencyLevel };
        crossProvider?: { elevated?: LatencyLevel; high?: LatencyLevel };
      };
      /** Of how much time there must be samples for a baseline; 24 hours by default. */
      baselineAfter?: HumanDuration | string;
      /** How long samples are kept. */
      keep?: {
        /** Samples of five minutes; 8 days by default, and no less. */
        fiveMinutes?: HumanDuration | string;
        /** Samples of hours; 90 days by default. */
        hours?: HumanDuration | string;
      };
    };
    /** The backbone-gateway, and what squads declare at it. */
    gateway?: {
      /**
       * The file of its entries in the repository that they lie in;
       * `backbone-gateway/shuttle.yaml` by default.
       */
      path?: string;
      /** The repository that they lie in; the config repository by default. */
      repository?: {
        /** Any URL that git can fetch from; may not contain a password. */
        url: string;
        /** `master` by default. */
        branch?: string;
        /** For http and https; `git` by default, which most servers take with a token. */
        username?: string;
        /**
         * A password or token for http and https; without one, what
         * `integrations` have for the host.
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
        /** How often to ask the remote; 10 seconds by default. */
        pollInterval?: HumanDuration | string;
        /** How long git may take for one fetch; 2 minutes by default. */
        timeout?: HumanDuration | string;
        /** Where the mirror is kept; a folder of the system's temporary files by default. */
        mirrorDirectory?: string;
      };
      /** Where it makes Services of targets; `backbone-gateway` by default. */
      namespace?: string;
    };
    /** What counts calls over links; of two that count the same, what the first says counts. */
    linkTraffic?: Array<{
      /** `prometheus`, or `scrape` to read metrics of Linkerd's proxies in one place. */
      type: 'prometheus' | 'scrape';
      /** Of a Prometheus, without /api/v1, or of metrics. */
      url: string;
      /** With `prometheus`: tells several apart. */
      name?: string;
      /** The cluster that calls; with `prometheus` this or `sourceLabel`. */
      cluster?: string;
      /** With `prometheus`: the label that names the cluster that calls. */
      sourceLabel?: string;
      /** With `prometheus`: more matchers of its series, such as `job="linkerd-proxy"`. */
      selector?: string;
      /** How often to read; 30 seconds by default, 15 with `scrape`. */
      interval?: HumanDuration | string;
      /** How long an answer may take; 10 seconds by default. */
      timeout?: HumanDuration | string;
      authorization?: {
        /** @visibility secret */
        token?: string;
        /**
         * A file with such a token, read anew each time.
         * @visibility secret
         */
        tokenFile?: string;
        username?: string;
        /** @visibility secret */
        password?: string;
        /** @visibility secret */
        passwordFile?: string;
      };
      /** A file with its certificate authority, as PEM. */
      caFile?: string;
      /** Believes any certificate: for trying things out alone. */
      skipTlsVerify?: boolean;
    }>;
    /** How often the catalog is read; 1 minute by default. */
    catalogInterval?: HumanDuration | string;
    /**
     * The entity ref of the Group of platform engineers, who are also told of
     * clusters that can't be read, and are named where it is their turn.
     */
    platformEngineers?: string;
    /** Release requests: who asks, who decides, and until when. */
    requests?: {
      /**
       * Beginnings of catalog locations, such as
       * `url:https://git.example.com/platform/people/`. Only Groups and Users
       * from there make somebody a lead or a platform engineer. Needed where
       * `configRepository.writing` is: squads edit catalog files.
       */
      trustedLocations?: string[];
      /**
       * Makes an address of people's names for commits, where the catalog
       * knows none; without it the name stands there alone.
       */
      emailDomain?: string;
      /** How long a request waits for a decision; 24 hours in prod and 72 elsewhere by default. */
      expireAfter?: { [environment: string]: HumanDuration | string };
      /**
       * How long a request may be held, by a freeze or a remote that doesn't
       * answer, before its approval counts no more; 7 days by default.
       */
      expireHeldAfter?: HumanDuration | string;
      /**
       * Who else is told when somebody goes over a block, by environment: entity
       * refs, such as a Group that stands for a channel.
       */
      tellOverrides?: { [environment: string]: string };
      /**
       * How long a cluster may say that a release fails before its request
       * does, so that a slow pod is no failure; a minute by default.
       */
      failAfter?: HumanDuration | string;
      /**
       * How long a committed release may take to run in every cluster of its
       * environment; 15 minutes by default.
       */
      deadline?: HumanDuration | string;
      /**
       * Has Ground Control do the auto-releases of services' policies; not
       * where release-manager does them. False by default.
       */
      autoReleases?: boolean;
    };
    /** The audit trail, against the heads of it that commits hold. */
    audit?: {
      /**
       * The last commit before the trail began: heads that it and those before
       * it hold are of another trail, such as an earlier installation's. All
       * count by default.
       */
      since?: string;
      /** Commits that somebody else made, with a made-up `Audit-head`. */
      forgedHeads?: string[];
    };
    /** Rules on releases that the config repository can't lower. */
    policies?: {
      /** The same as `defaults` in `ground-control.yaml`; the stricter of both holds. */
      floor?: {
        environments?: {
          [environment: string]: {
            /** How many people have to approve, 0 to 3. */
            approvals?: number;
            /** Only where a verdict doesn't pass. */
            onlyWhenWarning?: boolean;
            /** Also of a rollback to what ran well in the last 7 days. */
            rollbackNeedsApproval?: boolean;
            /** In the environment before, such as `30m`; 30 days at most. */
            soak?: string;
            /** What failed tests of the artifact do. */
            tests?: 'warn' | 'block' | 'off';
            /** What vulnerabilities do that are new against what runs. */
            vulnerabilities?: {
              high?: 'warn' | 'block' | 'off';
              medium?: 'warn' | 'block' | 'off';
            };
            /** What a link does that calls of the service cross and that isn't well; `off` by default. */
            links?: 'warn' | 'block' | 'off';
            /** Of this environment alone. */
            freeze?: Array<{ [key: string]: string | string[] }>;
          };
        };
        /**
         * When nothing is released: `from`, `to` and `zone`, and `days` where it
         * comes every week.
         */
        freeze?: Array<{ [key: string]: string | string[] }>;
      };
      /** Which branches are released to an environment; they take the place of services' own. */
      branchRestrictions?: Array<{
        environment: string;
        /** RE2, found anywhere in the branch's name. */
        branchRegex: string;
      }>;
    };
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

import { isDeepStrictEqual } from 'node:util';
import { ConfigFault } from '../config/ConfigFault.ts';
import { readConfig } from '../config/readConfig.ts';
import type { Config } from '../config/types.ts';
import { type Serving, serve } from '../http/serve.ts';
import { FileWatch } from '../lib/FileWatch.ts';
import { LinksFollower } from '../links/LinksFollower.ts';
import { linkToTarget } from '../links/linkToTarget.ts';
import type { Log } from '../log/Log.ts';
import { mergeTargets } from '../targets/mergeTargets.ts';
import { Prober } from './Prober.ts';

/** What can't change while it runs: series, sockets and loops hang on it. */
const FIXED = ['source', 'listen', 'jitter', 'links'] as const;

export interface AgentOptions {
  configPath: string;
  log: Log;
  /** How often files are looked at. */
  lookEveryMs?: number;
}

/** Joins everything: files and Links become targets, probes become pages. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #files: FileWatch;
  #config: Config;
  #prober: Prober;
  #follower?: LinksFollower;
  #serving?: Serving;
  /** The Links as they were last listed. */
  #links: unknown[] = [];
  #linksListed = false;
  #linksLeftOut = 0;
  #stopped = false;
  /** What was said last, so that it isn't said again and again. */
  #saidOfConfig = '';
  #saidOfLinks = '';
  #linksFault?: string;

  /** @throws ConfigFault when the configuration can't be used */
  constructor(options: AgentOptions) {
    this.#options = options;
    this.#config = readConfig(options.configPath);
    const { source, jitter } = this.#config;
    this.#prober = new Prober(source, jitter, options.log);
    this.#files = new FileWatch({
      everyMs: options.lookEveryMs ?? 1_000,
      onChange: () => this.#reread(),
    });
  }

  /**
   * Starts all of it.
   *
   * @returns the port that the pages are on
   */
  async start(): Promise<number> {
    const { listen, links, source, files } = this.#config;
    const { log } = this.#options;
    this.#serving = await serve(listen, {
      metrics: () => this.#prober.metrics.write(),
      failures: () => this.#prober.failures.list(),
      notReady: () => this.#notReady(),
    });
    const { port } = this.#serving;
    log.info('listening', { port, source: source.cluster });
    this.#prober.metrics.agent.configRead(Date.now());
    this.#apply();
    this.#files.watch(files);
    if (links) {
      this.#follower = new LinksFollower({
        config: links,
        onLinks: found => this.#takeLinks(found),
        onFault: reason => this.#noteLinksFault(reason),
      });
      this.#follower.start();
    }
    return port;
  }

  /** Ends probes that run, and waits for answers under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#files.stop();
    this.#prober.stop();
    await Promise.all([this.#follower?.stop(), this.#serving?.stop()]);
  }

  #notReady(): string | undefined {
    if (this.#stopped) return 'it is being stopped';
    if (this.#config.links && !this.#linksListed) {
      return 'the Links of the cluster were not listed yet';
    }
    return undefined;
  }

  #apply() {
    const verdicts = this.#links.map(link => linkToTarget(link, this.#config));
    const { targets, doubled } = mergeTargets(
      this.#config.targets,
      verdicts.flatMap(verdict => ('target' in verdict ? verdict.target : [])),
    );
    const leftOut = [
      ...verdicts.flatMap(verdict =>
        'link' in verdict ? `${verdict.link}: ${verdict.reason}` : [],
      ),
      ...doubled.map(name => `${name}: another target has that name`),
    ];
    this.#prober.set(targets);
    this.#linksLeftOut = leftOut.length;
    const said = leftOut.join('; ');
    if (said !== this.#saidOfLinks) {
      this.#saidOfLinks = said;
      if (said) this.#options.log.warn('Links were left out', { links: said });
    }
  }

  #takeLinks(links: unknown[]) {
    const { log } = this.#options;
    const isNew = !this.#linksListed || !isDeepStrictEqual(links, this.#links);
    if (this.#linksFault) log.info('Links are listed again');
    this.#linksFault = undefined;
    this.#links = links;
    this.#linksListed = true;
    if (isNew) {
      log.info('Links were listed', { count: links.length });
      this.#apply();
    }
    this.#prober.metrics.agent.linksListed(Date.now(), this.#linksLeftOut);
  }

  #noteLinksFault(reason: string) {
    this.#prober.metrics.agent.linksFailed();
    if (reason === this.#linksFault) return;
    this.#linksFault = reason;
    this.#options.log.error(
      'Links could not be listed; those known before stay',
      { reason },
    );
  }

  #reread() {
    const { log, configPath } = this.#options;
    const { agent } = this.#prober.metrics;
    try {
      const next = readConfig(configPath);
      const fixed = FIXED.find(
        key => !isDeepStrictEqual(next[key], this.#config[key]),
      );
      if (fixed) {
        throw new ConfigFault(configPath, [
          { path: fixed, reason: 'takes a restart to be changed' },
        ]);
      }
      for (const problem of this.#prober.contexts.renew()) {
        log.warn('a certificate could not be read anew', { reason: problem });
      }
      agent.configRead(Date.now());
      const isNew = !isDeepStrictEqual(next, this.#config);
      if (isNew || this.#saidOfConfig) {
        log.info('the configuration was read', {
          targets: next.targets.length,
        });
      }
      this.#saidOfConfig = '';
      if (!isNew) return;
      this.#config = next;
      this.#apply();
      this.#files.watch(next.files);
    } catch (error) {
      if (!(error instanceof ConfigFault)) throw error;
      agent.configRefused();
      // What it names may come later, without a change of what is watched.
      this.#files.watch(this.#config.files);
      if (error.message === this.#saidOfConfig) return;
      this.#saidOfConfig = error.message;
      log.error('the configuration can not be used; the one before stays', {
        reason: error.message,
      });
    }
  }
}

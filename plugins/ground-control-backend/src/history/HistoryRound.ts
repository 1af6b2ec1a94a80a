import { Knex } from 'knex';
import {
  SourceHistory,
  SourceHistoryFault,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import type { Transact } from '../gitops/ingest/RepositoryIngest';
import { takeTurn } from '../lib/takeTurn';
import { askHistory, HistoryAnswers } from './askHistory';
import { decideQuestions, Questions } from './decideQuestions';
import {
  describeServiceFault,
  describeSourceFault,
  describeUnknown,
  isOfSource,
} from './describeFaults';
import { RetryBook } from './RetryBook';
import { listServices, readCommitUrl, readFacts } from './store/readFacts';
import { setHistoryProblems } from './store/historyProblems';
import {
  forgetGone,
  noteRead,
  writeBehind,
  writePlaced,
} from './store/writeAnswers';
import { ServiceFacts } from './types';

export interface HistoryRoundOptions {
  knex: Knex;
  history: SourceHistory;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  mainBranch: string;
  /** Commits and builds that are older aren't looked at. */
  keptMs: number;
  commitsPerService: number;
  transact: Transact;
  onWritten: (services: ServiceRef[]) => Promise<void>;
  onSourceFault: () => Promise<void>;
  retries: RetryBook;
  now: () => number;
}

/** Services of one look into the tables, and questions that are open at a time. */
const PAGE = 25;
const AT_ONCE = 3;
/** So many in a row without one success: it isn't the repositories. */
const FAULTS_UNTIL_GIVEN_UP = 5;

interface Asked {
  service: ServiceRef;
  questions: Questions;
  hasBuilds: boolean;
}

interface Failed extends Asked {
  kind: SourceHistoryFault;
  fault: string;
}

/** Goes through services once, and brings what isn't known of them. */
export class HistoryRound {
  readonly #options: HistoryRoundOptions;
  readonly #failed: Failed[] = [];
  #answered = 0;
  /** Written, and nobody was told yet. */
  #news: ServiceRef[] = [];

  constructor(options: HistoryRoundOptions) {
    this.#options = options;
  }

  /**
   * @param only - the services to look at; all when absent
   * @returns false when the whole source seems to be down
   */
  async run(signal: AbortSignal, only?: ServiceRef[]): Promise<boolean> {
    for await (const services of this.#pages(only)) {
      signal.throwIfAborted();
      await this.#lookAt(services, signal);
      if (this.#isGivenUp()) break;
      await takeTurn();
    }
    signal.throwIfAborted();
    if (this.#isGivenUp()) {
      await this.#noteSource(this.#failed[0]);
      return false;
    }
    if (this.#answered > 0) await this.#noteSource(undefined);
    for (const failed of this.#failed) await this.#noteFailed(failed);
    await this.#tell();
    if (!only) await forgetGone(this.#options);
    return true;
  }

  async *#pages(only?: ServiceRef[]): AsyncGenerator<ServiceRef[]> {
    const { knex, repository } = this.#options;
    if (only) {
      for (let at = 0; at < only.length; at += PAGE) {
        yield only.slice(at, at + PAGE);
      }
      return;
    }
    let page: ServiceRef[] = [];
    do {
      page = await listServices(knex, repository, {
        after: page[page.length - 1],
        limit: PAGE,
      });
      yield page;
    } while (page.length === PAGE);
  }

  #isGivenUp(): boolean {
    return (
      this.#answered === 0 &&
      this.#failed.length >= FAULTS_UNTIL_GIVEN_UP &&
      this.#failed.every(({ kind }) => isOfSource(kind))
    );
  }

  async #lookAt(services: ServiceRef[], signal: AbortSignal) {
    const { knex, repository, environments, mainBranch, history, retries } =
      this.#options;
    const since = this.#options.now() - this.#options.keptMs;
    const manner = [mainBranch, history.label];
    const waiting: Array<{ facts: ServiceFacts; questions: Questions }> = [];
    for (const facts of await readFacts(knex, repository, services, since)) {
      const service = refOf(facts);
      const questions = decideQuestions(facts, environments, manner);
      if (!questions) {
        if (facts.hasProblems) await this.#noteSettled(service);
        continue;
      }
      const { signature } = questions;
      if (retries.mayAsk(keyOf(service), signature, this.#options.now())) {
        waiting.push({ facts, questions });
      }
    }
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        signal.throwIfAborted();
        if (this.#isGivenUp()) return;
        await this.#askAbout(next.facts, next.questions, since, signal);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      await this.#tell();
    }
  }

  async #tell() {
    const news = this.#news;
    this.#news = [];
    if (news.length > 0) await this.#options.onWritten(news);
  }

  /** There is nothing left to ask, so nothing is wrong with the answers. */
  async #noteSettled(service: ServiceRef) {
    const { repository, transact } = this.#options;
    await transact(tx => setHistoryProblems(tx, repository, service, []));
    this.#news.push(service);
  }

  async #askAbout(
    facts: ServiceFacts,
    questions: Questions,
    since: number,
    signal: AbortSignal,
  ) {
    const { knex, repository, history, mainBranch, commitsPerService } =
      this.#options;
    const service = refOf(facts);
    const hasBuilds = facts.builds.length > 0;
    const asked = { service, questions, hasBuilds };
    const answers = await askHistory({
      history,
      of: {
        namespace: facts.namespace,
        service: facts.service,
        squad: facts.squad,
        commitUrl: await readCommitUrl(knex, repository, service),
      },
      builds: facts.builds,
      questions,
      mainBranch,
      since,
      limit: commitsPerService,
      signal,
    });
    if (answers.kind === 'answered') {
      this.#answered += 1;
      await this.#write(asked, answers);
    } else {
      this.#failed.push({ ...asked, ...answers });
    }
  }

  async #write(
    { service, questions, hasBuilds }: Asked,
    answers: Extract<HistoryAnswers, { kind: 'answered' }>,
  ) {
    const { repository, transact, retries, now } = this.#options;
    const { placed, behind, unknown } = answers;
    const digest = hasBuilds ? questions.digest : undefined;
    const where = { ...this.#options, service };
    const changed = placed ? await writePlaced(where, placed) : 0;
    const isNews = await transact(async tx => {
      await writeBehind(tx, where, behind);
      // What wasn't there is looked for again, so it isn't done.
      if (placed && unknown.length === 0) {
        await noteRead(tx, where, digest, now());
      }
      const faults = unknown.length > 0 ? [describeUnknown(unknown)] : [];
      return setHistoryProblems(tx, repository, service, faults);
    });
    if (unknown.length > 0) this.#retryLater(service, questions);
    else retries.succeeded(keyOf(service));
    if (changed > 0 || behind.length > 0 || isNews) this.#news.push(service);
  }

  #retryLater(service: ServiceRef, questions: Questions) {
    const { retries, now } = this.#options;
    retries.failed(keyOf(service), questions.signature, now(), Math.random());
  }

  async #noteFailed({ service, questions, kind, fault }: Failed) {
    const { repository, transact } = this.#options;
    this.#retryLater(service, questions);
    const found = describeServiceFault(kind, fault);
    const isNews = await transact(tx =>
      setHistoryProblems(tx, repository, service, [found]),
    );
    if (isNews) this.#news.push(service);
  }

  async #noteSource(failed: Failed | undefined) {
    const { repository, transact, history, onSourceFault } = this.#options;
    const found = failed
      ? [describeSourceFault(failed.kind, failed.fault, history.label)]
      : [];
    const isNews = await transact(tx =>
      setHistoryProblems(tx, repository, undefined, found),
    );
    if (isNews) await onSourceFault();
  }
}

function refOf(facts: ServiceFacts): ServiceRef {
  return { namespace: facts.namespace, name: facts.service };
}

function keyOf(service: ServiceRef): string {
  return `${service.namespace}/${service.name}`;
}

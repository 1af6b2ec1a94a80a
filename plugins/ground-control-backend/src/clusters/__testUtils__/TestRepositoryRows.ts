import { Knex } from 'knex';
import { TestHistory, artifactIdOf } from '../../__testUtils__/TestHistory';
import { commitAt } from './objects';

/** A config repository's rows, whose commits are those of the test objects. */
export class TestRepositoryRows {
  private constructor(
    private readonly knex: Knex,
    private readonly history: TestHistory,
  ) {}

  static async create(knex: Knex): Promise<TestRepositoryRows> {
    await knex('repositories').insert({
      repository: 'default',
      url_hash: '',
      branch: 'master',
      format: 0,
    });
    return new TestRepositoryRows(knex, new TestHistory(knex));
  }

  /** @returns the position of the release, and its artifact */
  async release(service: string, number = 1) {
    const position = await this.history.release({
      service,
      number,
      environment: 'prod',
    });
    await this.#moveTip(position);
    return { position, artifactId: artifactIdOf({ service, number }) };
  }

  /** A commit that releases nothing. */
  async commit(): Promise<number> {
    const position = await this.history.commit({ kind: 'other', title: 'x' });
    await this.#moveTip(position);
    return position;
  }

  async #moveTip(position: number) {
    await this.knex('commits')
      .where({ position })
      .update({ revision: commitAt(position) });
    await this.knex('repositories').update({ position });
  }
}

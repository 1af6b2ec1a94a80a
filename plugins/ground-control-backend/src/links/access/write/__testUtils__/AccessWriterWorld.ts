import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { insertAccess } from '../../../../requests/__testUtils__/insertAccess';
import { AccessRow } from '../../../../requests/types';
import { WriterWorld } from '../../../../requests/writing/__testUtils__/WriterWorld';
import { makeAccessWriter, PATH } from './makeAccessWriter';

export const FILE = `# What we need.
targets:
  - hostName: bureau
    dnsName: bureau.azurewebsites.net
    environment: az-1
    squad: squad-loans
`;

type Start = NonNullable<Parameters<WriterWorld['start']>[0]>;

const others: Start['others'] = options => [makeAccessWriter(options)];

/** A WriterWorld whose repository has the gateway's file, and whose processes write access too. */
export class AccessWriterWorld {
  private constructor(readonly writers: WriterWorld) {}

  static create(knex: Knex): AccessWriterWorld {
    return AccessWriterWorld.of(WriterWorld.create(knex, ['ledger']));
  }

  /** Declares a target in a world that is there. */
  static of(writers: WriterWorld): AccessWriterWorld {
    writers.repository.commit({
      message: 'Declare',
      files: { [PATH]: FILE },
    });
    return new AccessWriterWorld(writers);
  }

  start(options: Start = {}) {
    return this.writers.start({ others, ...options });
  }

  startRead(options: Start = {}) {
    return this.writers.startRead({ others, ...options });
  }

  /** An approved request for a target at az-1, to be called from aws-1. */
  approve(
    name: string,
    wish: Partial<AccessWish> = {},
    row: Partial<AccessRow> = {},
  ): Promise<number> {
    const approved: Partial<AccessRow> = {
      state: 'approved',
      code: 'approved',
      requested_by_email: 'ana.ruiz@example.com',
      ...row,
    };
    const target: Partial<AccessWish> = {
      kind: 'target',
      namespace: undefined,
      port: undefined,
      name,
      dnsName: `${name}.azurewebsites.net`,
      squad: 'squad-fx',
      ...wish,
    };
    return this.writers.ask(tx => insertAccess(tx, approved, { wish: target }));
  }

  /** The names of the targets that the file declares, in its order. */
  targets(): string[] {
    return [...this.file().matchAll(/hostName: (.*)/g)].map(([, name]) => name);
  }

  file(): string {
    return `${this.writers.file(PATH)}\n`;
  }
}

import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { AccessRow } from '../../../requests/types';
import { AccessToWrite, planAccess } from './planAccess';

const PATH = 'backbone-gateway/shuttle.yaml';
const wish: AccessWish = {
  kind: 'ingress',
  change: 'add',
  service: { namespace: 'payments', name: 'fx-api' },
  name: 'ledger-api',
  namespace: 'payments',
  cluster: 'az-1',
  from: [],
  port: 8080,
  squad: 'squad-ledger',
};
const row = {
  number: 7,
  requested_by: 'user:default/ana.ruiz',
  requested_by_name: 'Ana\nRuiz <x>',
  requested_by_email: null,
} as AccessRow;
const fileOf = (text: string, mode: '100644' | '100755' = '100644') => ({
  path: PATH,
  revision: 'a'.repeat(40),
  object: 'b'.repeat(40),
  content: Buffer.from(text),
  mode,
});
const ENTRY = `ingress:
  - service: ledger-api
    namespace: payments
    cluster: az-1
    squad: squad-ledger
    port: 8080
`;

function plan(
  more: Partial<AccessToWrite> = {},
  asked: Partial<AccessWish> & { path?: string } = {},
) {
  const { path = PATH, ...rest } = asked;
  return planAccess(row, {
    asked: {
      wish: { ...wish, ...rest },
      entryId: 'ingress:az-1/payments/ledger-api',
      path,
      entry: '',
      address: '',
    },
    gateway: { path: PATH, namespace: 'backbone-gateway' },
    writing: {
      author: { name: 'A', email: 'a@example.com' },
      committer: { name: 'C', email: 'c@example.com' },
    },
    decisions: [],
    head: { sequence: 3, hash: 'f'.repeat(64) },
    now: 5_000,
    ...more,
  });
}

const remove = { change: 'remove' as const };

describe('planAccess', () => {
  it('begins a file, and keeps every name on its line', () => {
    expect(plan()).toEqual({
      plan: {
        message: `Add gateway ingress ledger-api at az-1

Changed-by: Ana Ruiz x <>
Release-request: REQ-7
Audit-head: 3 ${'f'.repeat(64)}
`,
        changes: [
          {
            kind: 'put',
            path: PATH,
            mode: '100644',
            content: Buffer.from(ENTRY),
          },
        ],
        author: { name: 'A', email: 'a@example.com' },
        committer: { name: 'C', email: 'c@example.com' },
        at: new Date(5_000),
      },
    });
  });

  it('keeps the mode of the file, and removes one that is left empty', () => {
    const before = '# Ours\n';
    expect(plan({ file: fileOf(before, '100755') })).toMatchObject({
      plan: { changes: [{ mode: '100755' }] },
    });
    expect(plan({ file: fileOf(ENTRY) }, remove)).toMatchObject({
      plan: {
        message: expect.stringMatching(/^Remove gateway ingress ledger-api/),
        changes: [{ kind: 'remove', path: PATH }],
      },
    });
  });

  it('has a title that git shows whole', () => {
    const planned = plan({}, { name: 'a'.repeat(63), cluster: 'b'.repeat(40) });
    if (!('plan' in planned)) throw new Error('It has to be planned');
    expect(planned.plan.message.split('\n')[0]).toHaveLength(72);
  });

  it.each<[string, Partial<AccessToWrite>, Parameters<typeof plan>[1]]>([
    ['entry-there', { file: fileOf(ENTRY) }, {}],
    ['entry-conflict', { file: fileOf(ENTRY) }, { port: 9090 }],
    ['entry-gone', { file: fileOf('') }, remove],
    ['file-unreadable', { file: fileOf('ingress: [') }, {}],
    ['verdict-worse', {}, { name: 'No such name' }],
    ['entry-changed', {}, { path: 'elsewhere.yaml' }],
    ['wish-gone', { asked: undefined }, {}],
  ])('outdates with %s', (code, more, asked) => {
    expect(plan(more, asked)).toEqual({
      outcome: { kind: 'outdate', code, message: expect.stringMatching(/\.$/) },
    });
  });

  it('outdates what isn’t a file, and says what it is', () => {
    const { content, ...link } = fileOf('');
    expect(plan({ file: { ...link, fault: 'it is a link' } })).toMatchObject({
      outcome: {
        code: 'file-unreadable',
        message: expect.stringMatching(/a link/),
      },
    });
  });
});

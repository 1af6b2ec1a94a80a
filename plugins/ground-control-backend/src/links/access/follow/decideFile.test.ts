import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { DeclaredEntry, ReadFile } from '../../entries/types';
import { decideFile } from './decideFile';

const target: DeclaredEntry = {
  kind: 'target',
  id: 'target:east/credit',
  name: 'credit',
  namespace: 'gateway',
  cluster: 'east',
  dnsName: 'credit.example',
  port: null,
  squad: 'loans',
  line: 3,
};
const wish = {
  kind: 'target',
  change: 'add',
  name: 'credit',
  cluster: 'east',
  from: [],
  dnsName: 'credit.example',
} as unknown as AccessWish;
const file = (more: Partial<ReadFile> = {}): ReadFile => ({
  path: 'shuttle.yaml',
  revision: 'c'.repeat(40),
  isReadable: true,
  problems: [],
  entries: [target],
  ...more,
});

type Options = Parameters<typeof decideFile>[0];

/** The file was read at 8, and the commit is at 7. */
const decide = (more: Partial<Options>) =>
  decideFile({
    wish,
    entryId: target.id,
    file: file(),
    position: 8,
    isTip: true,
    commit: 'on-branch',
    commitPosition: 7,
    ...more,
  });
const without = file({ entries: [] });
const removed = { wish: { ...wish, change: 'remove' as const } };
const lost = { commit: 'lost' as const, commitPosition: null, position: null };

describe('decideFile', () => {
  it.each<[string, Partial<Options>]>([
    ['as-asked', {}],
    ['as-asked', { position: 7 }],
    ['otherwise', { file: without }],
    ['otherwise', { wish: { ...wish, dnsName: 'other.example' } }],
    ['as-asked', { ...removed, file: without }],
    ['otherwise', removed],
    // What was read before the commit says nothing.
    ['unknown', { file: without, position: 6 }],
    ['unknown', { file: without, position: null }],
    ['unknown', { file: undefined }],
    ['unknown', { file: file({ entries: [], isReadable: false }) }],
    [
      'unknown',
      {
        file: file({
          entries: [],
          problems: [{ line: 2, message: 'x', entry: target.id }],
        }),
      },
    ],
    // Where the commit is lost, the end of the branch tells.
    ['as-asked', lost],
    ['otherwise', { ...lost, file: without }],
    ['unknown', { ...lost, isTip: false }],
    ['unknown', { ...lost, commit: 'unknown' }],
  ])('is %s of %j', (standing, more) => {
    expect(decide(more)).toBe(standing);
  });

  it('compares the port of an ingress', () => {
    const entry = { ...target, kind: 'ingress' as const, port: 80 };
    const own = { ...wish, kind: 'ingress' as const, port: 80 };
    const read = { file: file({ entries: [entry] }) };
    expect(decide({ ...read, wish: own })).toBe('as-asked');
    expect(decide({ ...read, wish: { ...own, port: 81 } })).toBe('otherwise');
  });
});

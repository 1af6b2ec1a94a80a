import { FileDiff } from '@ground-control/backstage-plugin-ground-control-common';
import { orderFiles } from './orderFiles';

const diff = (path: string, lines: string[], part = {}): FileDiff => ({
  path,
  change: 'modified',
  added: 1,
  removed: 1,
  hunks: [{ oldStart: 1, newStart: 1, lines }],
  ...part,
});
const LABELS = [
  ' metadata:',
  '-    lunarway.com/artifact-id: "master-1"',
  '+    lunarway.com/artifact-id: "master-2"',
  '-    "app.kubernetes.io/version": a',
  '+    "app.kubernetes.io/version": b',
];

describe('The order of changed files', () => {
  it('has highlights first and labels of the build last', () => {
    const files = [
      diff('labels.yaml', LABELS),
      diff('service.yaml', ['-port: 1', '+port: 2']),
      diff('workload.yaml', ['-replicas: 1', '+replicas: 2']),
    ];
    const ordered = orderFiles(files, new Set(['workload.yaml']));
    expect(ordered.map(({ path, noise }) => [path, noise])).toEqual([
      ['workload.yaml', undefined],
      ['service.yaml', undefined],
      ['labels.yaml', true],
    ]);
  });

  it.each<[string, FileDiff]>([
    ['another line', diff('a', [...LABELS, '+  x: 1'])],
    ['a setting of such a name', diff('a', ['-  author: a', '+  author: b'])],
    ['a new file', diff('a', LABELS, { change: 'added' })],
    ['a changed Secret', diff('a', LABELS, { masked: { changed: true } })],
    ['what isn’t shown', diff('a', [], { hunks: [], omitted: 'too-large' })],
  ])('takes %s for no label', (_, file) => {
    expect(orderFiles([file], new Set())[0].noise).toBeUndefined();
  });
});

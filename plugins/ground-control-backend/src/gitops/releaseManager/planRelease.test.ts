import { createMockDirectory } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import {
  ArtifactFile,
  LayoutPlace,
} from '@ground-control/backstage-plugin-ground-control-node';
import { FolderArtifactStore, rawZip } from '../../__testUtils__/testArtifacts';
import { artifactId, artifactJson } from '../__testUtils__/artifacts';
import { oddArtifactJson, oddManifest } from '../__testUtils__/oddBuild';
import { planRelease } from './planRelease';
import { planRollback } from './planRollback';

const place: LayoutPlace = {
  environment: 'dev',
  folder: 'banking',
  service: 'ledger',
};
const FOLDER = 'dev/releases/banking/ledger';
const CLUSTERS = 'clusters/dev/banking/ledger.yaml';
const KUSTOMIZATION =
  'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n';
const DESCRIPTION = artifactJson({
  service: 'ledger',
  namespace: 'banking',
  number: 1,
});

const file = (path: string, content: string | Buffer): ArtifactFile => ({
  path,
  content: Buffer.from(content),
});
const plan = (
  files: Record<string, string | Buffer>,
  description = DESCRIPTION,
) =>
  planRelease(place, [
    ...Object.entries(files).map(([path, content]) => file(path, content)),
    file('artifact.json', description),
  ]);
/** The paths that are put, and where from for the one that is moved. */
const puts = (result: ReturnType<typeof plan>) => {
  if (!Array.isArray(result)) throw new Error(result.fault);
  return Object.fromEntries(
    result.flatMap(change =>
      change.kind === 'put'
        ? [[change.path, change.content.toString('latin1')]]
        : [],
    ),
  );
};

describe('planRelease', () => {
  const directory = createMockDirectory();

  it('replaces the whole folder, with bytes as they are and plain modes', () => {
    const bytes = Buffer.from([0, 255, 13, 10, 239, 187, 191]);
    expect(plan({ 'sub/x.bin': bytes, '40-a.yaml': 'a: 1' })).toEqual([
      { kind: 'remove', path: FOLDER },
      ...[
        ['40-a.yaml', 'a: 1'],
        ['artifact.json', DESCRIPTION],
        ['sub/x.bin', bytes],
      ].map(([path, content]) => ({
        kind: 'put',
        path: `${FOLDER}/${path}`,
        mode: '100644',
        content: Buffer.from(content as string),
      })),
    ]);
  });

  it('puts what a store has of a build byte by byte, however it was written', async () => {
    const build = { service: 'ledger', namespace: 'banking', number: 1 };
    const description = oddArtifactJson(build);
    const manifest = oddManifest(build);
    const moved = `${KUSTOMIZATION.replaceAll('\n', ' \r\n')}# the end`;
    directory.setContent({
      ledger: {
        [artifactId(build)]: rawZip([
          { name: 'artifact.json', content: description },
          { name: 'dev/40-a.yaml', content: manifest },
          { name: 'dev/90-k.yaml', content: moved },
        ]),
      },
    });
    const stored = await new FolderArtifactStore(directory.path).readFiles(
      { service: 'ledger', artifactId: artifactId(build) },
      { environment: 'dev' },
    );
    if ('fault' in stored) throw new Error(stored.fault);
    expect(puts(planRelease(place, stored.files))).toEqual({
      [`${FOLDER}/artifact.json`]: description.toString('latin1'),
      [`${FOLDER}/40-a.yaml`]: manifest.toString('latin1'),
      [CLUSTERS]: moved,
    });
  });

  it.each<[string, Record<string, string>, string | undefined]>([
    [
      'the only one',
      { 'kustomization.yaml': KUSTOMIZATION },
      'kustomization.yaml',
    ],
    ['none', { 'a.yaml': 'kind: Service\n' }, undefined],
    [
      'the first of two, by name',
      { '99.yaml': `${KUSTOMIZATION}# 2`, '10.yaml': KUSTOMIZATION },
      '10.yaml',
    ],
    [
      'one in a folder that stands before a file',
      { 'a-b.yaml': `${KUSTOMIZATION}# 2`, 'a/x.yaml': KUSTOMIZATION },
      'a/x.yaml',
    ],
    [
      'the one in capitals first: by bytes',
      { 'a.yaml': KUSTOMIZATION, 'B.yaml': `${KUSTOMIZATION}# 2` },
      'B.yaml',
    ],
    ['whatever its file is called', { 'x.txt': KUSTOMIZATION }, 'x.txt'],
    ['any version', { x: KUSTOMIZATION.replace('/v1', '/v2beta9') }, 'x'],
    [
      'not one of a second document',
      { 'a.yaml': `kind: Service\n---\n${KUSTOMIZATION}` },
      undefined,
    ],
    [
      'not one after an empty document',
      { 'a.yaml': `---\n---\n${KUSTOMIZATION}` },
      undefined,
    ],
    [
      'one after comments and a mark',
      { 'a.yaml': `# hello\n---\n# there\n${KUSTOMIZATION}` },
      'a.yaml',
    ],
    [
      'one whose second document is broken',
      { 'a.yaml': `${KUSTOMIZATION}---\n: [` },
      'a.yaml',
    ],
    [
      'not one of kustomize itself',
      {
        'a.yaml':
          'apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization\n',
      },
      undefined,
    ],
    [
      'not one that only speaks of it',
      {
        'a.yaml': `kind: ConfigMap\ndata:\n  x: |\n    ${KUSTOMIZATION.replace(
          '\n',
          '\n    ',
        )}`,
      },
      undefined,
    ],
    [
      'not another kind of the group',
      { 'a.yaml': KUSTOMIZATION.replace('kind: K', 'kind: k') },
      undefined,
    ],
    ['a list', { 'a.yaml': '- kustomize.toolkit.fluxcd.io/v1\n' }, undefined],
  ])('moves the Flux Kustomization: %s', (_, files, moved) => {
    const found = puts(plan(files));
    expect(found[CLUSTERS]).toBe(moved && files[moved]);
    const others = Object.keys(files).filter(path => path !== moved);
    expect(Object.keys(found).sort()).toEqual(
      [
        ...others.map(path => `${FOLDER}/${path}`),
        `${FOLDER}/artifact.json`,
        ...(moved ? [CLUSTERS] : []),
      ].sort(),
    );
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['leads out', { '../x.yaml': '' }, /no plain name/],
    ['is absolute', { '/etc/passwd': '' }, /no plain name/],
    ["is git's own", { '.git/config': '' }, /no plain name/],
    ['ends a line', { 'a\nb': '' }, /"?a\\u000ab is no plain name/],
    ['is a file and a folder', { a: '', 'a/b': '' }, /a file and a folder/],
    [
      'names a Kustomization and is none',
      { 'a.yaml': `${KUSTOMIZATION}  : [` },
      /its first document is no YAML/,
    ],
    [
      'names a Kustomization and is huge',
      { 'a.yaml': KUSTOMIZATION + '#'.repeat(3_000_000) },
      /larger than 2 MiB/,
    ],
  ])('refuses a file that %s', (_, files, fault) => {
    expect(plan(files)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it.each<[string, string, RegExp]>([
    [
      'another service',
      artifactJson({ service: 'x', namespace: 'banking', number: 1 }),
      /another service/,
    ],
    [
      'another namespace',
      artifactJson({ service: 'ledger', number: 1 }),
      /another namespace/,
    ],
    ['nothing readable', '{', /not JSON/],
  ])('refuses an artifact that tells of %s', (_, description, fault) => {
    expect(plan({}, description)).toEqual({
      fault: expect.stringMatching(fault),
    });
  });

  it('refuses files without a description, one twice, and a place that is none', () => {
    expect(planRelease(place, [file('a', '')])).toHaveProperty('fault');
    const description = file('artifact.json', DESCRIPTION);
    expect(planRelease(place, [description, description])).toHaveProperty(
      'fault',
    );
    expect(
      planRelease({ ...place, environment: '..' }, [description]),
    ).toHaveProperty('fault');
  });

  it('reads a place from a description without namespace', () => {
    const description = artifactJson({ service: 'ledger', number: 1 });
    const at = { environment: 'dev', folder: 'dev', service: 'ledger' };
    expect(planRelease(at, [file('artifact.json', description)])).toHaveLength(
      2,
    );
  });

  it('never throws, and writes nowhere else', () => {
    const path = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('..', '.', '.git', 'a', '', 'b.yaml'), {
          minLength: 1,
        })
        .map(parts => parts.join('/')),
    );
    const content = fc.oneof(
      fc.string(),
      fc.string().map(text => `${KUSTOMIZATION}${text}`),
    );
    fc.assert(
      fc.property(fc.dictionary(path, content), files => {
        const result = plan(files);
        if (!Array.isArray(result)) return;
        for (const change of result) {
          const inside =
            change.path === FOLDER ||
            change.path === CLUSTERS ||
            change.path.startsWith(`${FOLDER}/`);
          expect([change.path, inside]).toEqual([change.path, true]);
          expect(change.path.split('/')).not.toContain('..');
        }
      }),
    );
  });
});

describe('planRollback', () => {
  const tree = 'a'.repeat(40);
  const other = {
    path: CLUSTERS,
    mode: '100644' as const,
    object: 'b'.repeat(40),
  };

  it('puts back what was there, and nothing that lies elsewhere', () => {
    const graft = { kind: 'graft', path: FOLDER, mode: '040000', object: tree };
    const remove = { kind: 'remove', path: FOLDER };
    expect(planRollback(place, { tree, others: [other] })).toEqual([
      remove,
      graft,
      { kind: 'graft', ...other },
    ]);
    const elsewhere = { ...other, path: 'clusters/prod/banking/ledger.yaml' };
    expect(planRollback(place, { tree, others: [elsewhere] })).toEqual([
      remove,
      graft,
    ]);
  });
});

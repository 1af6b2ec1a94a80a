import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { MirrorFiles } from '../../gitops/MirrorFiles';
import { releaseManagerLayout } from '../../gitops/releaseManager/releaseManagerLayout';
import { PolicyEditor } from './PolicyEditor';
import { PolicyChange } from './types';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const ROBOT = { name: 'Ground Control', email: 'ground-control@example.com' };
const FILE = 'policies/ledger-api.json';
const RULES = `# Who may change this: squad-ledger.
defaults:
  environments:
    prod:
      approvals: 1 # one lead
squads:
  # The ledger.
  squad-ledger:
    environments: { prod: { onlyWhenWarning: true } }
`;

describe('PolicyEditor', () => {
  let repository: TestRepository;
  let directory: string;
  let mirror: Mirror;

  beforeAll(async () => {
    repository = TestRepository.create();
    directory = mkdtempSync(join(tmpdir(), 'ground-control-mirror-'));
    mirror = new Mirror({
      remote: parseRemoteUrl(repository.path),
      branch: 'master',
      directory,
      timeoutMs: 60_000,
      logger: createRecordingLogger(),
    });
  });

  afterAll(async () => {
    await mirror.close();
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const write = async (files: Record<string, string | null>) => {
    const all = { [FILE]: null, 'ground-control.yaml': null, README: 'x' };
    repository.commit({ message: 'Change', files: { ...all, ...files } });
    await mirror.fetch();
  };
  const plan = (change: PolicyChange, global?: string, name = 'Ana Ruiz') =>
    new PolicyEditor({
      files: new MirrorFiles(mirror),
      layout: releaseManagerLayout,
      environments: ENVIRONMENTS,
      settings: {
        branchRestrictions: global
          ? [
              {
                environment: 'prod',
                value: global,
                rule: { file: 'app-config' },
              },
            ]
          : [],
      },
    }).plan(
      change,
      {
        changedBy: { name, email: 'ana.ruiz@example.com' },
        author: ROBOT,
        committer: ROBOT,
      },
      { now: new Date('2026-03-02T12:00:00Z') },
    );
  const planned = async (...args: Parameters<typeof plan>) => {
    const result = await plan(...args);
    if (result.kind !== 'plan') throw new Error(JSON.stringify(result));
    const [change] = result.plan.changes;
    return {
      ...result,
      change,
      text: change.kind === 'put' ? change.content.toString() : undefined,
    };
  };
  const refusal = async (...args: Parameters<typeof plan>) => {
    const result = await plan(...args);
    return result.kind === 'refused' ? result.message : result.kind;
  };
  const auto = (branch: string | null, environment = 'dev'): PolicyChange => ({
    kind: 'auto-release',
    service: 'ledger-api',
    environment,
    branch,
  });
  const restrict = (
    branchRegex: string | null,
    environment = 'prod',
  ): PolicyChange => ({
    kind: 'branch-restriction',
    service: 'ledger-api',
    environment,
    branchRegex,
  });
  const rules = (
    section: Extract<PolicyChange, { kind: 'rules' }>['section'],
    to: unknown,
  ): PolicyChange => ({ kind: 'rules', section, rules: to });

  it('writes a service’s first policy as release-manager does, with its actor', async () => {
    await write({});
    const result = await planned(auto('master'));
    expect(result).toMatchObject({
      base: mirror.tip,
      path: FILE,
      change: { kind: 'put', path: FILE, mode: '100755' },
      plan: {
        message: `[ledger-api] policy update: apply auto-release in 'dev'\n\nChanged-by: Ana Ruiz <ana.ruiz@example.com>\n`,
        author: ROBOT,
        committer: ROBOT,
      },
    });
    expect(JSON.parse(result.text!)).toEqual({
      service: 'ledger-api',
      autoReleases: [
        { id: 'auto-release-master-dev', branch: 'master', environment: 'dev' },
      ],
    });
    expect(
      releaseManagerLayout.readMessage(result.plan.message),
    ).toBeUndefined();
  });

  it('replaces, adds and takes away, and removes what is empty', async () => {
    const first = (await planned(auto('master'))).text!;
    await write({ [FILE]: first });
    expect(await plan(auto('master'))).toEqual({ kind: 'unchanged' });
    expect(await plan(restrict(null))).toEqual({ kind: 'unchanged' });
    const other = await planned(auto('main'));
    expect(JSON.parse(other.text!).autoReleases).toHaveLength(1);
    const both = await planned(restrict('^master$'));
    expect(both.plan.message).toMatch(
      /^\[ledger-api\] policy update: apply branch-restriction in 'prod'\n/,
    );
    expect(Object.keys(JSON.parse(both.text!))).toEqual([
      'service',
      'autoReleases',
      'branchRestrictions',
    ]);
    const none = await planned(auto(null));
    expect(none.change).toEqual({ kind: 'remove', path: FILE });
    expect(none.plan.message).toMatch(/policy update: delete policies\n/);
  });

  it('refuses an auto-release of a branch that may not be released there, either way round', async () => {
    await write({ [FILE]: (await planned(restrict('^release/'))).text! });
    expect(await refusal(auto('master', 'prod'))).toMatch(
      /takes only branches that match \^release\/.*auto-release there is of master/,
    );
    expect((await plan(auto('release/2', 'prod'))).kind).toBe('plan');
    await write({});
    await write({ [FILE]: (await planned(auto('master', 'prod'))).text! });
    expect(await refusal(restrict('^release/'))).toMatch(/doesn't/);
    expect((await plan(restrict('^release/', 'staging'))).kind).toBe('plan');
    expect((await plan(auto(null, 'prod'))).kind).toBe('plan');
  });

  it('knows the restrictions of all services', async () => {
    await write({});
    expect(await refusal(auto('feature', 'prod'), '^master$')).toMatch(
      /app-config/,
    );
    expect((await plan(auto('master', 'prod'), '^master$')).kind).toBe('plan');
    expect(await refusal(restrict('^x$'), '^master$')).toMatch(/app-config/);
  });

  it.each<[string, PolicyChange, RegExp]>([
    ['a pattern that is not RE2', restrict('(?=x)'), /RE2/],
    [
      'an unknown environment',
      auto('master', 'live'),
      /there are dev, staging, prod/,
    ],
    [
      'a branch that can be none',
      auto('--upload-pack=x'),
      /may not start with '-'/,
    ],
    ['a branch of two lines', auto('a\nb'), /may not contain/],
    [
      'a service that is a path',
      { ...auto('master'), service: '../../etc' } as PolicyChange,
      /name that none can have/,
    ],
    [
      'rules that are wrong',
      rules({ of: 'defaults' }, { environments: { prod: { approvals: 9 } } }),
      /At environments.prod.approvals, the value of approvals must be/,
    ],
    [
      'a way with links that isn’t one',
      rules({ of: 'defaults' }, { environments: { prod: { links: true } } }),
      /At environments.prod.links, the value of links must be warn/,
    ],
    [
      'an environment that isn’t',
      rules({ of: 'defaults' }, { environments: { live: {} } }),
      /no such environment/,
    ],
    [
      'a name of two lines',
      rules({ of: 'squad', name: 'a\nb' }, {}),
      /can't be used/,
    ],
  ])('refuses %s', async (_, change, message) => {
    await write({});
    expect(await refusal(change)).toMatch(message);
  });

  it('touches no file that is broken', async () => {
    await write({ [FILE]: '{', 'ground-control.yaml': 'defaults: [\n' });
    expect(await refusal(auto('master'))).toMatch(
      /policies\/ledger-api.json: .*mended by hand/,
    );
    expect(await refusal(rules({ of: 'defaults' }, {}))).toMatch(
      /mended by hand/,
    );
  });

  it('changes one level of ground-control.yaml, and keeps the rest and its comments', async () => {
    await write({ 'ground-control.yaml': RULES });
    const result = await planned(
      rules(
        { of: 'service', name: 'payments/ledger-api' },
        { environments: { prod: { soak: '2h', links: 'block' } } },
      ),
    );
    expect(result.plan.message).toBe(
      'Change policies: service payments/ledger-api\n\nChanged-by: Ana Ruiz <ana.ruiz@example.com>\n',
    );
    expect(result.change).toMatchObject({
      path: 'ground-control.yaml',
      mode: '100644',
    });
    expect(result.text).toBe(
      `${RULES}services:\n  payments/ledger-api:\n    environments:\n      prod:\n        soak: 2h\n        links: block\n`,
    );
    const gone = await planned(
      rules({ of: 'squad', name: 'squad-ledger' }, null),
    );
    expect(gone.text).toBe(RULES.slice(0, RULES.indexOf('squads:')));
    const same = { environments: { prod: { onlyWhenWarning: true } } };
    const again = await plan(
      rules({ of: 'squad', name: 'squad-nobody' }, null),
    );
    expect(again.kind).toBe('unchanged');
    expect(
      (await planned(rules({ of: 'squad', name: 'squad-fx' }, same))).text,
    ).toContain('# The ledger.');
    expect((await planned(rules({ of: 'defaults' }, same))).text).toContain(
      '# The ledger.',
    );
  });

  it('changes nothing where the file is only laid out otherwise', async () => {
    await write({
      'ground-control.yaml':
        'squads:\n    squad-ledger:\n        environments: {prod: {approvals: 2,   tests: warn}}\n',
    });
    const to = { environments: { prod: { tests: 'warn', approvals: 2 } } };
    expect(
      await plan(rules({ of: 'squad', name: 'squad-ledger' }, to)),
    ).toEqual({ kind: 'unchanged' });
    const more = { environments: { prod: { tests: 'block', approvals: 2 } } };
    expect(
      (await planned(rules({ of: 'squad', name: 'squad-ledger' }, more))).text,
    ).toContain('{ prod: { approvals: 2, tests: block } }');
  });

  it('begins the file, and removes it', async () => {
    await write({});
    const to = { environments: { prod: { approvals: 2 } } };
    const { text } = await planned(rules({ of: 'defaults' }, to));
    expect(text).toBe(
      'defaults:\n  environments:\n    prod:\n      approvals: 2\n',
    );
    await write({ 'ground-control.yaml': text! });
    expect((await planned(rules({ of: 'defaults' }, null))).change).toEqual({
      kind: 'remove',
      path: 'ground-control.yaml',
    });
    expect(await plan(rules({ of: 'defaults' }, to))).toEqual({
      kind: 'unchanged',
    });
  });

  it('mends the level that is broken', async () => {
    await write({
      'ground-control.yaml':
        'defaults: { environments: { prod: { approvals: 9 } } }\n',
    });
    const to = { environments: { prod: { approvals: 2 } } };
    expect((await plan(rules({ of: 'defaults' }, to))).kind).toBe('plan');
  });

  it('lets no name write a trailer', async () => {
    await write({});
    const name = 'Eve\nApproved-by: Dee <dee@example.com>';
    const { plan: commit } = await planned(auto('master'), undefined, name);
    expect(commit.message.split('\n')).toHaveLength(4);
    expect(commit.message).toContain(
      'Changed-by: Eve Approved-by: Dee dee@example.com <ana.ruiz@example.com>',
    );
  });
});

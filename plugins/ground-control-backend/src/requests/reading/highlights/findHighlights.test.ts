import { ReleaseFile } from '../../../releases/buildManifestDiff';
import { findHighlights } from './findHighlights';

const IMAGE = 'registry.example/ledger-api';

function file(text: string, part: Partial<ReleaseFile> = {}): ReleaseFile {
  const content = Buffer.from(text);
  return { path: '40-workload.yaml', size: content.length, content, ...part };
}

function deployment(
  part: {
    tag?: string;
    replicas?: number;
    memory?: string;
    env?: string;
    init?: string;
  } = {},
): string {
  const { tag = 'a', replicas = 2, memory = '512Mi', env = '', init } = part;
  return `kind: Deployment
metadata: { name: ledger-api, annotations: { x: "${tag}" } }
spec:
  replicas: ${replicas}
  template:
    spec:
      ${init ? `initContainers: [${init}]` : ''}
      containers:
        - name: ledger-api
          image: ${IMAGE}:${tag}
          env: [${env}]
          resources: { limits: { memory: ${memory} } }
`;
}

const job = (tag: string) => `kind: Job
metadata: { name: ledger-migrate }
spec:
  template: { spec: { containers: [{ name: x, image: "${IMAGE}:${tag}" }] } }
`;

const configMap = (data: string) =>
  `kind: ConfigMap\nmetadata: { name: c }\ndata: { ${data} }\n`;
const secret = (data: string) =>
  `kind: Secret\nmetadata: { name: s }\ndata: { ${data} }\n`;

/** One line for each, as a person would read it. */
function say(before: ReleaseFile[], after: ReleaseFile[]): string[] {
  const paths = [...before, ...after].map(({ path }) => path);
  return findHighlights(before, after, paths).highlights.map(one =>
    [one.kind, one.name, one.change, one.before, one.after]
      .filter(word => word !== undefined)
      .join(' '),
  );
}

describe('What matters of a difference', () => {
  it.each<[string, string, string, string[]]>([
    ['nothing', deployment(), deployment(), []],
    [
      'an image, by its tag',
      deployment(),
      deployment({ tag: 'b' }),
      ['image ledger-api modified a b'],
    ],
    [
      'replicas, then resources',
      deployment(),
      deployment({ memory: '768Mi', replicas: 3 }),
      [
        'replicas ledger-api modified 2 3',
        'resources ledger-api memory limits modified 512Mi 768Mi',
      ],
    ],
    [
      'variables by their names alone',
      deployment({ env: '{ name: LEVEL, value: canary }, { name: OLD }' }),
      deployment({ env: '{ name: LEVEL, value: other }, { name: NEW }' }),
      ['env LEVEL modified', 'env OLD removed', 'env NEW added'],
    ],
    [
      'a variable of a Secret',
      deployment(),
      deployment({
        env: '{ name: KEY, valueFrom: { secretKeyRef: { name: s, key: k } } }',
      }),
      ['secret KEY added'],
    ],
    [
      'settings of a ConfigMap',
      configMap('A: "1", B: "2"'),
      configMap('A: "9"'),
      ['env A modified', 'env B removed'],
    ],
    [
      'keys of a Secret',
      secret('a: "***"'),
      secret('b: "***"'),
      ['secret a removed', 'secret b added'],
    ],
    [
      'an autoscaler',
      'kind: HorizontalPodAutoscaler\nmetadata: { name: a }\nspec: { maxReplicas: 4 }\n',
      'kind: HorizontalPodAutoscaler\nmetadata: { name: a }\nspec: { minReplicas: 2, maxReplicas: 4 }\n',
      ['replicas HorizontalPodAutoscaler a modified 1–4 2–4'],
    ],
    [
      'a migration first',
      `${deployment()}---\n${job('a')}`,
      `${deployment({ tag: 'b' })}---\n${job('b')}`,
      [
        'migration Job ledger-migrate modified a b',
        'image ledger-api modified a b',
        'image x modified a b',
      ],
    ],
    [
      'an init container that migrates, though it stays as it is',
      deployment({ init: '{ name: schema, image: "flyway/flyway:9" }' }),
      deployment({
        init: '{ name: schema, image: "flyway/flyway:9" }',
        replicas: 3,
      }),
      ['migration schema same', 'replicas ledger-api modified 2 3'],
    ],
    [
      'objects in a List',
      `kind: List\nitems:\n  - { kind: Deployment, metadata: { name: d }, spec: { replicas: 1 } }\n`,
      `kind: List\nitems:\n  - { kind: Deployment, metadata: { name: d }, spec: { replicas: 2 } }\n`,
      ['replicas d modified 1 2'],
    ],
    ['nothing of what is no YAML', 'a: [', 'a: {', []],
    ['nothing of what is no manifest', '- 1', 'just text', []],
  ])('is %s', (_, before, after, expected) => {
    expect(say([file(before)], [file(after)])).toEqual(expected);
  });

  it('is that values of a Secret differ, and not which', () => {
    const [before, after] = ['h1', 'h2'].map(hash =>
      file(secret('a: "***"'), { masked: { hash } }),
    );
    expect(say([before], [after])).toEqual(['secret Secret s modified']);
  });

  it('is what is in files of other names too', () => {
    const moved = file(deployment({ replicas: 5 }), { path: 'new.yaml' });
    expect(say([file(deployment())], [moved])).toEqual([
      'replicas ledger-api modified 2 5',
    ]);
    const { files } = findHighlights(
      [file(deployment())],
      [moved],
      ['40-workload.yaml', 'new.yaml'],
    );
    expect([...files]).toEqual(['new.yaml']);
  });

  it('is a migration in a file that doesn’t change', () => {
    const same = file(job('a'), { path: 'job.yaml' });
    const paths = ['40-workload.yaml'];
    const { highlights } = findHighlights([same], [same], paths);
    expect(highlights).toEqual([
      { kind: 'migration', name: 'Job ledger-migrate', change: 'same' },
    ]);
  });
});

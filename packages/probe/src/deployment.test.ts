import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { makeTarget } from './__testUtils__/makeTarget.ts';
import { readConfig } from './config/readConfig.ts';
import { ProbeMetrics } from './metrics/ProbeMetrics.ts';

const ROOT = join(__dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const objects = (path: string) =>
  parseAllDocuments(read(path)).map(document => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });

const manifests = objects('deploy/probe/probe.yaml');
const find = (kind: string) => manifests.find(one => one.kind === kind);

function useConfig(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'probe-deployed-'));
  const path = join(folder, 'probe.yaml');
  writeFileSync(path, text);
  try {
    return readConfig(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('deploys a configuration that the probe takes, where it looks for it', () => {
  expect(useConfig(find('ConfigMap').data['probe.yaml'])).toMatchObject({
    links: { intervalMs: 15_000 },
  });
  const [container] = find('Deployment').spec.template.spec.containers;
  const containerfile = read('deploy/probe/Containerfile');
  expect(containerfile).toContain(
    `${container.volumeMounts[0].mountPath}/probe.yaml`,
  );
  expect(containerfile).toContain(`EXPOSE ${container.ports[0].containerPort}`);
  expect(container.ports[0].containerPort).toBe(
    useConfig('source: { cluster: a, provider: b }').listen.port,
  );
});

it('may list Links, and nothing else', () => {
  expect(find('ClusterRole').rules).toEqual([
    {
      apiGroups: ['multicluster.linkerd.io'],
      resources: ['links'],
      verbs: ['list'],
    },
  ]);
  expect(manifests.filter(one => /Role$/.test(one.kind))).toHaveLength(1);
});

it('is found by Service and ServiceMonitor', () => {
  const [monitor] = objects('deploy/probe/servicemonitor.yaml');
  const { template } = find('Deployment').spec;
  expect(find('Service').spec.selector).toEqual(template.metadata.labels);
  expect(monitor.spec.selector.matchLabels).toEqual(
    find('Service').metadata.labels,
  );
  expect(monitor.spec.endpoints[0].port).toBe(
    find('Service').spec.ports[0].name,
  );
});

it('shows what is measured, by its name and labels', async () => {
  const metrics = new ProbeMetrics({ cluster: 'a', provider: 'b' });
  const target = makeTarget();
  metrics.set([target]);
  metrics
    .of(target)!
    .ended(
      { result: 'success', durationMs: 1, phases: { connect: 1 }, moments: [] },
      0,
      true,
    );
  metrics.agent.configRead(0);
  const text = await metrics.write();
  const names = new Set(
    [...text.matchAll(/^([a-z_]+)[{ ]/gm)].map(([, name]) => name),
  );
  const dashboard = JSON.parse(read('deploy/probe/grafana-dashboard.json'));
  const used = dashboard.panels.flatMap((panel: any) =>
    panel.targets.flatMap(({ expr }: any) =>
      expr.match(/(backbone_gateway|process)_[a-z_]+/g),
    ),
  );
  expect(used.length).toBeGreaterThan(10);
  for (const name of used) expect([...names]).toContain(name);
});

it('gives every key of the configuration that docs/probe.md shows', () => {
  const [, example] = /```yaml\n([\s\S]*?)```/.exec(read('docs/probe.md'))!;
  const shown = example.replace(/^(targetsFile|\s+tls): .*\n/gm, '');
  const { targets, links } = useConfig(shown);
  expect(targets.map(({ kind }) => kind)).toEqual(['http', 'tcp']);
  expect(links).toBeDefined();
});

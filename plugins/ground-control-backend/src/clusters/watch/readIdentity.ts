import { KubeFault, KubeGate } from '../kube';
import { resourcePath } from './resourcePath';

const IDENTITY = 'cluster-identity';
const KEY = 'clusterName';

/** One in each namespace that wants it; they all say the same. */
const MOST = 100;

/** Letters that a name can have; what else somebody wrote there is no name. */
function cleanName(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:/-]{1,253}$/.test(value.trim())
    ? value.trim()
    : undefined;
}

/** What a ConfigMap says that its cluster is called. */
export function identityOf(object: unknown): string | undefined {
  const { metadata, data } = (object ?? {}) as {
    metadata?: { name?: unknown };
    data?: Record<string, unknown>;
  };
  return metadata?.name === IDENTITY ? cleanName(data?.[KEY]) : undefined;
}

/**
 * What a cluster calls itself: what we expect where it says so anywhere, else
 * the first name in the order of letters; undefined where it says nothing, or
 * not to us.
 */
export async function readIdentity(
  gate: KubeGate,
  options: { expected: string; signal: AbortSignal },
): Promise<string | undefined> {
  const { expected, signal } = options;
  const names = new Set<string>();
  try {
    await gate.list(
      resourcePath(
        {
          group: '',
          resource: 'configmaps',
          fieldSelector: `metadata.name=${IDENTITY}`,
        },
        'v1',
        { query: { limit: MOST } },
      ),
      {
        what: 'list configmaps',
        signal,
        onItem: item => {
          const name = identityOf(item);
          if (name !== undefined) names.add(name);
        },
        onTooLarge: () => {},
      },
    );
  } catch (error) {
    const kind = error instanceof KubeFault && error.kind;
    if (kind !== 'forbidden' && kind !== 'not-found') throw error;
  }
  return names.has(expected) ? expected : [...names].sort()[0];
}

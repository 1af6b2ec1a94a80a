import { kustomization, namespace } from '../__testUtils__/objects.ts';
import { createObjectStore } from '../createObjectStore.ts';
import type { KubeObject } from '../../types.ts';

const TYPE = {
  group: 'kustomize.toolkit.fluxcd.io',
  version: 'v1',
  kind: 'Kustomization',
  plural: 'kustomizations',
  singular: 'kustomization',
  namespaced: true,
};

describe('MemoryObjectStore', () => {
  it('gives a new version for each difference, and none without', () => {
    const store = createObjectStore();
    const first = store.apply(kustomization('a', { spec: { path: './a' } }));
    expect(first.metadata).toMatchObject({
      generation: 1,
      resourceVersion: store.resourceVersion,
    });
    const { revision } = store;
    expect(
      store.apply(kustomization('a', { spec: { path: './a', x: undefined } })),
    ).toBe(first);
    expect(store.setStatus(first, {})).not.toBe(first);
    expect(store.revision).toBe(revision + 1);
  });

  it('counts generations by spec alone, and keeps the status', () => {
    const store = createObjectStore();
    const first = store.apply(kustomization('a', { spec: { path: './a' } }));
    const observed = store.setStatus(first, { observedGeneration: 1 });
    expect(observed.metadata.generation).toBe(1);
    const labelled = store.apply(
      kustomization('a', { spec: { path: './a' }, labels: { squad: 'x' } }),
    );
    expect(labelled.metadata.generation).toBe(1);
    const changed = store.apply(kustomization('a', { spec: { path: './b' } }));
    expect(changed).toMatchObject({
      metadata: { generation: 2, uid: first.metadata.uid },
      spec: { path: './b' },
      status: { observedGeneration: 1 },
    });
    expect(changed.metadata.labels).toBeUndefined();
  });

  it('gives out what nobody can change, and shares what is the same', () => {
    const store = createObjectStore();
    const spec = { path: './a', list: [{ deep: 1 }] };
    const first = store.apply(kustomization('a', { spec }));
    spec.list[0].deep = 2;
    expect(first.spec).toEqual({ path: './a', list: [{ deep: 1 }] });
    expect(() => {
      (first.spec!.list as { deep: number }[])[0].deep = 3;
    }).toThrow(TypeError);
    expect(store.setStatus(first, { a: 1 }).spec).toBe(first.spec);
  });

  it('keeps a field that is named as the prototype is', () => {
    const store = createObjectStore();
    const spec = JSON.parse('{"__proto__":{"polluted":true}}');
    const stored = store.apply(kustomization('a', { spec }));
    expect(JSON.stringify(stored.spec)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });

  it('tells of changes in their order, whoever else writes', () => {
    const store = createObjectStore();
    const told: string[] = [];
    store.onChange(({ type, object, before }) => {
      if (type === 'ADDED') {
        store.setStatus(object, { seen: true });
      }
      expect(before === undefined).toBe(type === 'ADDED');
    });
    store.onChange(({ type, object }) =>
      told.push(`${type} ${object.metadata.name}`),
    );
    store.apply(kustomization('a'));
    store.delete(TYPE, 'flux-system', 'a');
    expect(told).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
  });

  it('takes the objects of a namespace away with it', () => {
    const store = createObjectStore();
    const namespaces = store.typeOf({ apiVersion: 'v1', kind: 'Namespace' });
    store.apply(namespace('one'));
    store.apply(kustomization('a', { namespace: 'one' }));
    // One sorts before `one/a`, the other after it.
    store.apply(kustomization('b', { namespace: 'one-more' }));
    store.apply(kustomization('c', { namespace: 'one1' }));
    expect(store.list(TYPE, 'one').map(o => o.metadata.name)).toEqual(['a']);
    store.delete(namespaces, undefined, 'one');
    expect(store.list(TYPE).map(o => o.metadata.name)).toEqual(['b', 'c']);
  });

  it('shows the past as far as the log goes', () => {
    const store = createObjectStore({ history: 8 });
    const names = (revision: number) =>
      store
        .listVersionsAt(TYPE, undefined, revision)
        ?.map(({ object }) => `${object.metadata.name}${object.spec?.n}`);
    store.apply(kustomization('a', { spec: { n: 1 } }));
    const then = store.revision;
    store.apply(kustomization('a', { spec: { n: 2 } }));
    store.apply(kustomization('b', { spec: { n: 1 } }));
    store.delete(TYPE, 'flux-system', 'a');
    expect(names(then)).toEqual(['a1']);
    expect(names(then + 2)).toEqual(['a2', 'b1']);
    expect(names(store.revision)).toEqual(['b1']);
    for (let n = 0; n < 10; n += 1) {
      store.apply(kustomization('c', { spec: { n } }));
    }
    expect(names(then)).toBeUndefined();
    store.compact();
    expect(names(store.revision - 1)).toBeUndefined();
    expect(names(store.revision)).toEqual(['b1', 'c9']);
  });

  it('is another cluster after a reset', () => {
    const store = createObjectStore();
    const before = store.apply(namespace('kube-system'));
    store.apply(kustomization('a'));
    store.reset();
    expect(store.list(TYPE)).toEqual([]);
    const after = store.apply(namespace('kube-system'));
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    expect(after.metadata.resourceVersion).toBe('2');
  });

  it('forgets events after an hour', () => {
    let now = Date.parse('2026-06-01T12:00:00Z');
    const store = createObjectStore({ now: () => new Date(now) });
    const event = (name: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace: 'a' },
      count: now,
    });
    store.apply(event('first'));
    store.apply(event('renewed'));
    now += 3000_000;
    store.apply(event('renewed'));
    now += 1000_000;
    store.apply(event('last'));
    const type = store.typeOf(event('first'));
    expect(store.list(type).map(o => o.metadata.name)).toEqual([
      'last',
      'renewed',
    ]);
  });

  it('serves a kind that comes later, and one no more that goes', () => {
    const store = createObjectStore({ types: [] });
    expect(() => store.apply(kustomization('a'))).toThrow(
      'The cluster serves no Kustomization of kustomize.toolkit.fluxcd.io/v1',
    );
    store.addType(TYPE);
    store.apply(kustomization('a'));
    store.removeType(TYPE);
    expect(() => store.list(TYPE)).toThrow("doesn't serve kustomizations");
    store.addType(TYPE);
    expect(store.list(TYPE)).toEqual([]);
  });

  it('refuses what no cluster would take', () => {
    const store = createObjectStore();
    const lost = kustomization('a');
    delete lost.metadata.namespace;
    expect(() => store.apply(lost)).toThrow('needs a name and a namespace');
    expect(() => store.setStatus(kustomization('b'), {})).toThrow(
      'kustomizations.kustomize.toolkit.fluxcd.io "b" not found',
    );
  });
});

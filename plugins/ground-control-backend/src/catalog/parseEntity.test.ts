import { component, group } from '../__testUtils__/entities';
import { parseComponent, parseSquad } from './parseEntity';

describe('parseComponent', () => {
  it.each([
    ['a service', {}, { service: 'x' }],
    ['one annotated by name', { service: 'y' }, { service: 'y' }],
    [
      'one annotated by namespace and name',
      { service: ' pay/y ' },
      { service: 'y', namespace: 'pay' },
    ],
    [
      'an annotated library',
      { type: 'library', service: 'y' },
      { service: 'y' },
    ],
    ['one with a senseless annotation', { service: 'a/b/c' }, { service: 'x' }],
    ['one with an empty annotation', { service: ' ' }, { service: 'x' }],
    ['one with a hostile annotation', { service: 'a\0b' }, { service: 'x' }],
    [
      'one with an endless annotation',
      { service: 'x'.repeat(300) },
      { service: 'x' },
    ],
  ])('reads %s', (_, options, expected) => {
    expect(parseComponent(component('X', 'Squad-A', options))).toMatchObject({
      entityRef: 'component:default/x',
      ownerRef: 'group:default/squad-a',
      ...expected,
      ...(expected.service === 'x' && { service: 'X' }),
    });
  });

  it('reads whom it calls, and how it is called', () => {
    const entity = component('x', 'a');
    const relation = (type: string, targetRef: string) => ({ type, targetRef });
    entity.relations!.push(
      relation('dependsOn', 'Component:default/Y'),
      relation('dependsOn', 'component:default/y'),
      relation('dependsOn', 'resource:default/table'),
      relation('consumesApi', 'api:pay/rates'),
      relation('providesApi', 'api:default/x'),
      relation('partOf', 'system:default/s'),
      relation('toString', 'component:default/z'),
      relation('dependsOn', `component:default/${'z'.repeat(250)}`),
      relation('dependsOn', 'component:default/a\u0000b'),
    );
    expect(parseComponent(entity)?.relations).toEqual([
      { relation: 'dependsOn', targetRef: 'component:default/y' },
      { relation: 'consumesApi', targetRef: 'api:pay/rates' },
      { relation: 'providesApi', targetRef: 'api:default/x' },
    ]);
  });

  it('leaves out what is no service', () => {
    expect(parseComponent(component('x', 'a', { type: 'library' }))).toBe(
      undefined,
    );
  });

  it('reads the owner as it is written where relations are missing', () => {
    const { relations, ...entity } = component('x', 'a', {
      namespace: 'team',
    });
    expect(parseComponent(entity)?.ownerRef).toBe('group:team/a');
    entity.spec!.owner = ':::/';
    expect(parseComponent(entity)?.ownerRef).toBeUndefined();
  });
});

describe('parseSquad', () => {
  it('reads title and leads', () => {
    expect(
      parseSquad(
        group(
          'Squad-A',
          'The As',
          'ana, user:other/bo,group:default/x, ,:,ana',
        ),
      ),
    ).toEqual({
      ref: 'group:default/squad-a',
      title: 'The As',
      leads: ['user:default/ana', 'user:other/bo', 'group:default/x'],
    });
  });

  it('goes by its name without a title, and cuts an endless one', () => {
    expect(parseSquad(group('Squad-A'))).toMatchObject({
      title: 'Squad-A',
      leads: [],
    });
    expect(parseSquad(group('a', 'x'.repeat(999))).title).toHaveLength(255);
  });
});

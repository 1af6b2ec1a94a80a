import { Entity } from '@backstage/catalog-model';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { groupOf, user } from '../__testUtils__/RequestsFixture';
import { CatalogLeads } from './CatalogLeads';
import { CatalogPeople, CatalogPeopleOptions } from './CatalogPeople';
import { isTrustedLocation } from './isTrustedLocation';

const TRUSTED = 'url:https://git.example.com/platform/people/';
const SQUAD = 'group:default/squad';

function from(location: string, entity: Entity): Entity {
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        'backstage.io/managed-by-location': location,
      },
    },
  };
}

function create(
  entities: Entity[],
  options: Partial<CatalogPeopleOptions> = {},
) {
  return new CatalogPeople({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities }),
    ...options,
  });
}

describe('isTrustedLocation', () => {
  it.each([
    [`${TRUSTED}all.yaml`, TRUSTED, true],
    [`${TRUSTED}all.yaml`, TRUSTED.slice(0, -1), true],
    [`${TRUSTED}all.yaml`, `${TRUSTED}all.yaml`, true],
    [
      'url:https://git.example.com/platform/people-2/x',
      TRUSTED.slice(0, -1),
      false,
    ],
    [`${TRUSTED}../squads/x.yaml`, TRUSTED, false],
    [`${TRUSTED}%2e%2e/squads/x.yaml`, TRUSTED, false],
    [`${TRUSTED}..\\squads\\x.yaml`, TRUSTED, false],
    [
      'url:https://evil.example/https://git.example.com/platform/people/',
      TRUSTED,
      false,
    ],
    ['', TRUSTED, false],
    ['ldap://x', 'url:', false],
    ['url:https://anything', 'url:', true],
  ])('%s within %s: %s', (location, prefix, expected) => {
    const entity = from(location, groupOf('squad', []));
    expect(isTrustedLocation(entity, [prefix])).toBe(expected);
  });

  it('trusts nothing of a list of nothing, and all without a list', () => {
    const entity = from(TRUSTED, groupOf('squad', []));
    expect(isTrustedLocation(entity, [])).toBe(false);
    expect(isTrustedLocation(entity, undefined)).toBe(true);
  });
});

describe('CatalogLeads', () => {
  it('names users, and members of groups, once each', async () => {
    const leads = new CatalogLeads(
      create([
        groupOf('squad', ['ana'], 'dee, group:default/Chiefs,user:default/eli'),
        groupOf('chiefs', ['eli', 'cy']),
        user('dee'),
        user('eli'),
      ]),
    );
    expect(await leads.resolveLeads(SQUAD)).toEqual([
      'user:default/dee',
      'user:default/eli',
      'user:default/cy',
    ]);
  });

  it('names no user whom the catalog hasn’t, and asks for all of them at once', async () => {
    const catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async ({ entityRefs }) => ({
        items: entityRefs.map(ref =>
          ref === SQUAD
            ? groupOf('squad', [], 'gone,user:default/dee,user:default/eli')
            : [user('dee'), user('eli')].find(
                ({ metadata }) => ref === `user:default/${metadata.name}`,
              ),
        ),
      }),
    });
    const people = new CatalogPeople({ auth: mockServices.auth(), catalog });
    expect(await new CatalogLeads(people).resolveLeads(SQUAD)).toEqual([
      'user:default/dee',
      'user:default/eli',
    ]);
    expect(
      catalog.getEntitiesByRefs.mock.calls.map(
        ([{ entityRefs }]) => entityRefs,
      ),
    ).toEqual([
      [SQUAD],
      ['user:default/gone', 'user:default/dee', 'user:default/eli'],
    ]);
  });

  it('says that it can’t tell, rather than nobody, when users can’t be read', async () => {
    const catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async ({ entityRefs }) => {
        if (entityRefs[0] !== SQUAD) throw new Error('the catalog is away');
        return { items: [groupOf('squad', [], 'user:default/dee')] };
      },
    });
    const people = new CatalogPeople({ auth: mockServices.auth(), catalog });
    await expect(new CatalogLeads(people).resolveLeads(SQUAD)).rejects.toThrow(
      'the catalog is away',
    );
  });

  it('knows nobody of a squad that isn’t there, or has no annotation', async () => {
    const leads = new CatalogLeads(create([groupOf('squad', ['ana'])]));
    expect(await leads.resolveLeads(SQUAD)).toEqual([]);
    expect(await leads.resolveLeads('group:default/none')).toEqual([]);
  });

  it('believes a Group only from where it may come', async () => {
    const squad = groupOf('squad', [], 'dee');
    const resolve = (location: string) =>
      new CatalogLeads(
        create([from(location, squad), user('dee')], {
          trustedLocations: [TRUSTED],
        }),
      ).resolveLeads(SQUAD);
    expect(await resolve(`${TRUSTED}squads.yaml`)).toEqual([
      'user:default/dee',
    ]);
    expect(
      await resolve('url:https://git.example.com/squad/catalog-info.yaml'),
    ).toEqual([]);
  });

  it('believes a User who says they are a member only from there, too', async () => {
    const leads = new CatalogLeads(
      create(
        [
          from(TRUSTED, groupOf('squad', [], 'group:default/chiefs')),
          from(TRUSTED, groupOf('chiefs', ['cy', 'eve'])),
          from(TRUSTED, user('cy')),
          from('url:https://git.example.com/eve/me.yaml', user('eve')),
        ],
        { trustedLocations: [TRUSTED] },
      ),
    );
    expect(await leads.resolveLeads(SQUAD)).toEqual(['user:default/cy']);
  });

  it('says that it can’t tell, rather than nobody, when the catalog is away', async () => {
    const catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async () => {
        throw new Error('the catalog is away');
      },
    });
    const people = new CatalogPeople({ auth: mockServices.auth(), catalog });
    await expect(new CatalogLeads(people).resolveLeads(SQUAD)).rejects.toThrow(
      'the catalog is away',
    );
  });
});

describe('CatalogPeople', () => {
  const REF = 'user:default/ana.ruiz';

  it.each([
    [
      { displayName: 'Ana Ruiz', email: 'ana@bank.example' },
      {},
      'Ana Ruiz <ana@bank.example>',
    ],
    [{ displayName: 'Ana Ruiz' }, {}, 'Ana Ruiz <ana.ruiz>'],
    [
      { displayName: 'Ana Ruiz' },
      { emailDomain: 'bank.example' },
      'Ana Ruiz <ana.ruiz@bank.example>',
    ],
    [
      { displayName: 'Eve\nApproved-by: Dee <x>', email: 'a b>@c\n<d' },
      {},
      'Eve Approved-by: Dee x <ab@cd>',
    ],
  ])('makes of %j with %j: %s', async (profile, options, expected) => {
    const entity = user('ana.ruiz');
    entity.spec = { profile };
    const [person] = await create([entity], options).readPeople([REF]);
    expect(`${person.name} <${person.email}>`).toBe(expected);
  });

  it('names whom the catalog doesn’t know by the ref', async () => {
    expect(await create([]).readPeople([REF])).toEqual([
      { entityRef: REF, name: 'ana.ruiz', email: 'ana.ruiz' },
    ]);
  });
});

import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { screen, within } from '@testing-library/react';
import { ReactElement } from 'react';
import { isServiceEntity, isSquad } from '../predicates';
import { CELL_STATES } from '../lib/stateMask';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { makeDetail } from '../__testUtils__/makeRequest';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';
import { EntityGroupReleases } from './EntityGroupReleases';
import { EntityReleases } from './EntityReleases';
import { SquadStateCard } from './SquadStateCard';
import { WhereItRunsCard } from './WhereItRunsCard';

const entity = (kind: string, name: string, type: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: { type },
});

const renderOn = (on: Entity, element: ReactElement, api?: FixtureApi) =>
  renderReleases('/releases', {
    api,
    element: <EntityProvider entity={on}>{element}</EntityProvider>,
  });

const service = entity('Component', 'ledger-api-0', 'service');
const squad = entity('Group', 'ledger', 'squad');

giveElementsHeight(720);

describe('where it runs', () => {
  it('shows each environment, and the way to all releases', async () => {
    await renderOn(service, <WhereItRunsCard />);
    expect(await screen.findByText('Where it runs')).toBeInTheDocument();
    const prod = (await screen.findByText('prod')).parentElement!;
    expect(prod).toHaveTextContent(
      /Recorded in Git, no cluster reports [0-9a-f]{7} .*1 build behind staging/,
    );
    expect(screen.getByRole('link', { name: 'All releases' })).toHaveAttribute(
      'href',
      '/releases/services/ledger/ledger-api-0',
    );
  });

  it('shows each cluster by name, shape and word, and the worst as the summary', async () => {
    const api = new FixtureApi({ now: Date.now(), clusters: 'mixed' });
    await renderOn(service, <WhereItRunsCard />, api);
    const prod = (await screen.findByText('prod')).parentElement!;
    expect(prod.querySelector('[data-status]')).toHaveAttribute(
      'data-status',
      'stale',
    );
    const chips = [...prod.querySelectorAll('.gc-cluster-chips>.gc-chip')];
    expect(chips.map(chip => chip.textContent)).toEqual(
      [
        'aws-prod-1 Reconciled',
        'az-prod-1 Stale',
        'gcp-prod-1 Reconciled',
        'aws-prod-2 Reconciled',
      ].map(text => expect.stringContaining(text)),
    );
    expect(chips[1]).toHaveClass('gc-hatch');
    expect(chips[0].querySelector('[data-status=reconciled]')).not.toBeNull();
  });

  it('says what to do where nothing is known of the Component', async () => {
    await renderOn(entity('Component', 'x', 'service'), <WhereItRunsCard />);
    expect(
      await screen.findByText('Nothing is recorded for this Component.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/ground-control.dev\/service/)).toBeInTheDocument();
  });

  it('says that what it shows is old', async () => {
    const api = new FixtureApi({
      now: Date.now(),
      repository: { state: 'unreachable' },
    });
    await renderOn(service, <WhereItRunsCard />, api);
    expect(
      await screen.findByText('Config repository unreachable'),
    ).toBeInTheDocument();
  });

  it('shows a failure as a failure', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.getBoard = async () => {
      throw Object.assign(new Error('no'), { statusCode: 503 });
    };
    await renderOn(service, <WhereItRunsCard />, api);
    expect(
      await screen.findByText('The portal’s backend could not answer.'),
    ).toBeInTheDocument();
  });
});

describe('releases of the squad', () => {
  it('counts states by environment, and leads to the board', async () => {
    const api = new FixtureApi({ now: Date.now(), services: 450 });
    await renderOn(squad, <SquadStateCard />, api);
    expect(await screen.findByText('18 services')).toBeInTheDocument();
    const prod = screen.getByText('prod').closest('li')!;
    expect(prod.querySelector('.gc-ok')).toBeNull();
    expect(prod).toHaveTextContent(/17 recorded.*1 not released.*17 behind/);
    expect(
      screen.getByRole('link', { name: 'Open the board' }),
    ).toHaveAttribute('href', '/releases/board?squad=group%3Adefault%2Fledger');
  });

  it('counts what clusters report, worst first', async () => {
    const api = new FixtureApi({
      now: Date.now(),
      services: 450,
      clusters: 'mixed',
    });
    await renderOn(squad, <SquadStateCard />, api);
    await screen.findByText('18 services');
    const prod = screen.getByText('prod').closest('li')!;
    expect(prod).toHaveTextContent(/stale/);
    expect(prod).not.toHaveTextContent('recorded');
    const states = [...prod.querySelectorAll('[data-status]')].map(glyph =>
      glyph.getAttribute('data-status'),
    );
    expect(states).toEqual(CELL_STATES.filter(state => states.includes(state)));
  });

  it('names its open requests, and leads to them', async () => {
    const api = new FixtureApi({ now: Date.now() });
    await renderOn(squad, <SquadStateCard />, api);
    const list = await screen.findByRole('list', {
      name: 'Requests that wait',
    });
    const [first] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent(
      /Waiting REQ-1042 ledger-api-0 → prod asked by Ana Ruiz 4 min/,
    );
    expect(
      within(first).getByRole('link', { name: 'Review REQ-1042' }),
    ).toHaveAttribute('href', '/releases/requests/REQ-1042');
    expect(list).not.toHaveTextContent('REQ-1040');
    expect(screen.queryByText('More open requests')).toBeNull();
    await expectAccessible(list.closest<HTMLElement>('.gc-root')!);
  });

  it.each([
    [3, undefined],
    [5, 'others'],
    [6, 'waiting'],
  ])(
    'names five of %s that I decide and two more, mine before all, and leads to the next',
    async (mine, status) => {
      const api = new FixtureApi({ now: Date.now() });
      const put = (id: string, part: Partial<ReleaseRequest>) =>
        api.requestSet.put(
          makeDetail(api.now, {
            request: { id, squad: 'group:default/busy', ...part },
          }),
        );
      put('HELD', { state: 'held', mayDecide: false });
      put('OTHER', { mayDecide: false });
      for (let i = 0; i < mine; i += 1) put(`MINE-${i}`, {});
      const busy = entity('Group', 'busy', 'squad');
      await renderOn(busy, <SquadStateCard />, api);
      const list = await screen.findByRole('list', {
        name: 'Requests that wait',
      });
      const names = within(list)
        .getAllByRole('listitem')
        .map(item => /HELD|OTHER|MINE/.exec(item.textContent!)![0]);
      expect(names).toEqual(
        ['MINE', 'MINE', 'MINE', 'MINE', 'MINE', 'MINE', 'OTHER', 'HELD']
          .slice(6 - mine)
          .slice(0, 5),
      );
      const more = screen.queryByRole('link', { name: 'More open requests' });
      expect(more?.getAttribute('href')).toBe(
        status &&
          `/releases/requests?status=${status}&squad=group%3Adefault%2Fbusy`,
      );
    },
  );

  it('says that it isn’t known whether something waits', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.getRequests = async () => {
      throw new Error('no');
    };
    await renderOn(squad, <SquadStateCard />, api);
    expect(
      await screen.findByText('Whether a request waits could not be loaded.'),
    ).toBeInTheDocument();
    expect(await screen.findByText('Open the board')).toBeInTheDocument();
  });

  it('says that a squad owns nothing', async () => {
    await renderOn(entity('Group', 'none', 'squad'), <SquadStateCard />);
    expect(
      await screen.findByText('This squad owns no service.'),
    ).toBeInTheDocument();
  });
});

describe('tabs', () => {
  it('of a Component: its releases', async () => {
    await renderOn(service, <EntityReleases />);
    expect(
      await screen.findByRole('heading', { name: 'ledger/ledger-api-0' }),
    ).toBeInTheDocument();
    expect(await screen.findAllByRole('checkbox')).toHaveLength(25);
  });

  it('of a squad: its board, without a choice of squad', async () => {
    await renderOn(squad, <EntityGroupReleases />);
    const grid = await screen.findByRole('grid');
    expect(within(grid).getAllByRole('rowheader')).toHaveLength(1);
    expect(screen.queryByLabelText('Squad')).toBeNull();
  });
});

describe('predicates', () => {
  const annotated = entity('component', 'x', 'website');
  annotated.metadata.annotations = { 'ground-control.dev/service': 'ns/x' };
  it.each([
    [service, true, false],
    [annotated, true, false],
    [entity('Component', 'x', 'website'), false, false],
    [squad, false, true],
    [entity('group', 'x', 'team'), false, true],
    [entity('Group', 'x', 'department'), false, false],
    [entity('User', 'x', 'service'), false, false],
  ])('of %j', (given, isService, isGroup) => {
    expect(isServiceEntity(given)).toBe(isService);
    expect(isSquad(given)).toBe(isGroup);
  });
});

import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';

const grid = () => screen.findByRole('grid');
const make = (clusters: 'well' | 'mixed') =>
  new FixtureApi({ now: Date.now(), services: 60, clusters });

/** A board of one service whose prod is in the given states. */
function withProd(
  states: ('reconciled' | 'failed' | 'stale' | 'rolling-out')[],
) {
  const api = make('well');
  const [first] = api.board.rows;
  const [dev, staging, prod] = first.cells;
  api.board = {
    ...api.board,
    rows: [
      {
        ...first,
        cells: [dev, staging, { ...prod, state: states[0], clusters: states }],
      },
    ],
  };
  return api;
}

giveElementsHeight(720);

describe('board with clusters', () => {
  it('shows the worst state, and each cluster in order and in words', async () => {
    await renderReleases('/releases/board', {
      api: withProd(['failed', 'reconciled', 'stale', 'reconciled']),
    });
    const cell = within(await grid()).getAllByRole('gridcell')[2];
    const glyphs = [...cell.querySelectorAll('[data-status]')].map(glyph =>
      glyph.getAttribute('data-status'),
    );
    expect(glyphs).toEqual([
      'failed',
      'failed',
      'reconciled',
      'stale',
      'reconciled',
    ]);
    expect(within(cell).getByRole('button')).toHaveAccessibleName(
      /^Failed .*Failed: aws-prod-1\. Stale: gcp-prod-1\. Reconciled: az-prod-1 and aws-prod-2\./,
    );
    expect(cell.querySelector('.gc-hatch')).toBeNull();
  });

  it('draws a cell that is stale as stale', async () => {
    await renderReleases('/releases/board', {
      api: withProd(['stale', 'reconciled', 'reconciled', 'reconciled']),
    });
    const cell = within(await grid()).getAllByRole('gridcell')[2];
    expect(within(cell).getByRole('button')).toHaveClass('gc-hatch');
    expect(cell.querySelector('.gc-mono')).not.toBeNull();
  });

  it('shows no pips where an environment has one cluster, or none', async () => {
    await renderReleases('/releases/board', { api: make('well') });
    const [dev] = within(await grid()).getAllByRole('gridcell');
    expect(dev.querySelectorAll('[data-status]')).toHaveLength(1);
    expect(dev.querySelector('[data-status=reconciled]')).not.toBeNull();
  });

  it('says of every cluster whether it is heard of, and why not', async () => {
    await renderReleases('/releases/board', { api: make('mixed') });
    const strip = await screen.findByRole('list', { name: 'Clusters' });
    const chip = within(strip).getByRole('link', { name: /az-prod-1/ });
    expect(chip).toHaveAccessibleName(/az-prod-1 Unreachable 6m/);
    expect(chip).toHaveAttribute('href', '/releases/clusters/az-prod-1');
    expect(
      within(strip).getByRole('link', { name: /aws-prod-1 Live now/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^az-prod-1: Unreachable\. What is shown of it is from/),
    ).toHaveTextContent('No answer within 5 s');
    act(() => chip.focus());
    expect(
      screen.getByText(/Check the cluster, its address and the network/),
    ).toBeInTheDocument();
  });

  it('has no banner while all are heard of', async () => {
    await renderReleases('/releases/board', { api: make('well') });
    await grid();
    expect(screen.queryByText(/What is shown of/)).toBeNull();
  });

  it('names all clusters that are away in one line', async () => {
    const api = make('mixed');
    api.board = {
      ...api.board,
      clusters: api.board.clusters.map((cluster, i) =>
        i < 2
          ? { ...cluster, connection: { state: 'unreachable' as const } }
          : cluster,
      ),
    };
    await renderReleases('/releases/board', { api });
    expect(
      await screen.findByText(
        /^2 of 6 clusters are not heard of: aws-prod-1 and az-prod-1\./,
      ),
    ).toBeInTheDocument();
  });

  it('counts states, and each count is a filter', async () => {
    const { address } = await renderReleases(
      '/releases/board?squad=all&group=none',
      { api: make('mixed') },
    );
    await grid();
    const counts = screen.getByRole('list', { name: 'Services by state' });
    const failed = within(counts).getByRole('button', { name: /failed$/ });
    const count = Number(
      /\d+/.exec(failed.querySelector('.gc-long')!.textContent!)![0],
    );
    await userEvent.click(failed);
    expect(address()).toContain('state=failed');
    await waitFor(async () =>
      expect(await grid()).toHaveAttribute('aria-rowcount', String(count + 1)),
    );
    await userEvent.click(
      within(counts).getByRole('button', { name: /failed$/, pressed: true }),
    );
    expect(address()).not.toContain('state=');
  });

  it('looks at one cluster alone', async () => {
    await renderReleases(
      '/releases/board?squad=all&group=none&cluster=gcp-dev-1&state=failed',
      { api: make('mixed') },
    );
    const glyphs = [
      ...(await grid()).querySelectorAll('[role=gridcell] [data-status]'),
    ].filter(glyph => !glyph.closest('.gc-pips'));
    expect(glyphs.length).toBeGreaterThan(0);
    expect(screen.getAllByRole('columnheader').pop()).toHaveTextContent('dev');
    glyphs.forEach(glyph =>
      expect(glyph).toHaveAttribute('data-status', 'failed'),
    );
  });

  it('names a cluster that it does not know', async () => {
    await renderReleases('/releases/board?cluster=moon', { api: make('well') });
    expect(
      await screen.findByText('Filter cluster=moon was not recognised'),
    ).toBeInTheDocument();
  });

  it('offers the states that can be', async () => {
    await renderReleases('/releases/board');
    await grid();
    const states = () =>
      within(screen.getByLabelText('State'))
        .getAllByRole('option')
        .map(option => option.textContent);
    expect(states()).toEqual([
      'All',
      'Needs attention',
      'Problem',
      'Recorded',
      'Not released',
      'Behind',
    ]);
    expect(screen.queryByLabelText('Cluster')).toBeNull();
  });

  it('explains the signs of clusters', async () => {
    await renderReleases('/releases/board', { api: make('well') });
    await grid();
    await userEvent.click(screen.getByText('Signs and keys'));
    expect(screen.getByText(/how it stands in each cluster/)).toBeVisible();
    expect(screen.getAllByText('Suspended')[0]).toBeInTheDocument();
  });

  it('tells in the side sheet what each cluster reports, and why', async () => {
    const api = make('mixed');
    const row = api.board.rows.find(({ cells }) =>
      cells[2].clusters?.includes('suspended'),
    )!;
    const drifted = api.board.rows.find(({ cells }) =>
      cells[2].clusters?.includes('drifted'),
    )!;
    const open = (each: typeof row) =>
      `/releases/board?open=${each.service.namespace}/${each.service.name}@prod`;
    const first = await renderReleases(open(row), { api });
    let sheet = await screen.findByRole('dialog');
    const suspended = (await within(sheet).findAllByText('Suspended'))[0];
    expect(suspended.closest('li')).toHaveTextContent(
      /Flux was told not to reconcile it.*Blocked byKustomization flux-system\/infrastructure: Suspended.*Replicas3 of 3 ready.*Cluster heardjust now/,
    );
    const stale = within(sheet).getByText('Stale').closest('li')!;
    expect(stale).toHaveClass('gc-hatch');
    expect(stale).toHaveTextContent(/is not heard of.*Cluster heard6 minutes/);
    first.unmount();

    await renderReleases(open(drifted), { api });
    sheet = await screen.findByRole('dialog');
    const line = (await within(sheet).findAllByText('Drifted'))[0];
    expect(line.closest('li')).toHaveTextContent(
      /another artifact runs.*Runs77ce012 instead of [0-9a-f]{7}/,
    );
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../../__testUtils__/expectAccessible';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { renderReleases } from '../../__testUtils__/renderReleases';

const rowsOf = async () =>
  within(await screen.findByRole('table'))
    .getAllByRole('row')
    .slice(1);

/** An API whose answer about calls is changed. */
function change(
  part: Partial<Awaited<ReturnType<FixtureApi['getLinkCalls']>>>,
): FixtureApi {
  const api = new FixtureApi({ now: Date.now() });
  const ask = api.getLinkCalls.bind(api);
  api.getLinkCalls = async query => ({ ...(await ask(query)), ...part });
  return api;
}

describe('calls over links', () => {
  it('says first how many of my squad’s calls use a bad link', async () => {
    const { container } = await renderReleases('/links/calls');
    expect(
      await screen.findByRole('heading', {
        level: 2,
        name: '2 of 4 cross-cluster calls of squad ledger use a bad link.',
      }),
    ).toBeInTheDocument();
    expect(await rowsOf()).toHaveLength(5);
    expect(
      screen.getByText(/^Values of links are p50 over 5 minutes\.$/),
    ).toBeVisible();
    await screen.findByRole('option', { name: 'squad-pay' });
    await waitFor(() => expect(document.title).toBe('Calls · Links'));
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('tells who calls whom over what, how that is, and how it is known', async () => {
    await renderReleases('/links/calls');
    const [used, declared, related, ofSquad, well] = await rowsOf();
    expect(used).toHaveTextContent('ledger/ledger-api-0 → fx/fx-store-4 of fx');
    expect(
      within(used)
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toEqual([
      '/releases/services/ledger/ledger-api-0',
      '/releases/services/fx/fx-store-4',
      '/links/az-prod-1/gcp-prod-1',
    ]);
    expect(used).toHaveTextContent(/High 64 ms ×2.8 of 23/);
    expect(used).toHaveTextContent('p95 131 ms182 per second0.4% errors');
    expect(used).toHaveTextContent('Gateway entryTraffic');
    expect(used).toHaveTextContent('23 minutes ago');
    expect(declared).toHaveTextContent(/→ credit-bureau.*Elevated ≈41 ms/);
    expect(declared).toHaveTextContent('none counted');
    expect(declared).not.toHaveTextContent('Not counted');
    expect(related).toHaveTextContent(
      'CatalogNot counted: nothing says that it calls.',
    );
    expect(ofSquad).toHaveTextContent('a service of ledger → rates');
    expect(ofSquad).toHaveTextContent('Stale');
    expect(well).toHaveTextContent('Normal 24 ms');
  });

  it.each([
    [
      { used: 14, bad: 1 },
      '1 of 14 cross-cluster calls of squad ledger uses a bad link.',
    ],
    [
      { used: 1, bad: 1 },
      'The only cross-cluster call of squad ledger uses a bad link.',
    ],
    [
      { used: 14, bad: 0 },
      'None of 14 cross-cluster calls of squad ledger use a bad link.',
    ],
    [
      { used: 1, bad: 0 },
      'The only cross-cluster call of squad ledger doesn’t use a bad link.',
    ],
    [
      { used: 0, bad: 0 },
      'No cross-cluster call of squad ledger was seen; these the catalog makes possible.',
    ],
    [
      { squads: null },
      '2 of 4 cross-cluster calls of all squads use a bad link.',
    ],
    [
      { squads: ['group:default/pay', 'group:default/fx'] },
      '2 of 4 cross-cluster calls of squads pay and fx use a bad link.',
    ],
  ])('of %j says %s', async (part, sentence) => {
    await renderReleases('/links/calls', { api: change(part) });
    expect(
      await screen.findByRole('heading', { level: 2, name: sentence }),
    ).toBeInTheDocument();
  });

  it('shows another squad’s, and keeps that in the address', async () => {
    const user = userEvent.setup();
    const { address } = await renderReleases('/links/calls');
    await rowsOf();
    await user.selectOptions(
      await screen.findByLabelText('Squad'),
      await screen.findByRole('option', { name: 'squad-pay' }),
    );
    expect(
      await screen.findByText(/^1 of 2 cross-cluster calls of squad pay/),
    ).toBeInTheDocument();
    expect(address()).toBe('/links/calls?squad=group%3Adefault%2Fpay');
    expect((await rowsOf())[0]).toHaveTextContent('Down');
  });

  it('shows those of one link, until asked for every link', async () => {
    const user = userEvent.setup();
    const { address } = await renderReleases(
      '/links/calls?squad=all&from=gcp-prod-1&to=aws-prod-1',
    );
    expect(await rowsOf()).toHaveLength(1);
    await user.click(screen.getByRole('link', { name: 'Every link' }));
    await waitFor(async () => expect(await rowsOf()).toHaveLength(7));
    expect(address()).toBe('/links/calls?squad=all');
  });

  it('says what isn’t known, and doesn’t call it none', async () => {
    const reason = 'No Prometheus is configured for aws-prod-1.';
    await renderReleases('/links/calls', {
      api: change({ trafficMissing: reason }),
    });
    expect(
      await screen.findByText(`Traffic isn’t known: ${reason}`),
    ).toBeInTheDocument();
    expect((await rowsOf())[1]).toHaveTextContent('not known');
    expect(screen.queryByText('none counted')).toBeNull();
  });

  it('shows beside it what was released about then', async () => {
    await renderReleases('/links/calls');
    const heading = await screen.findByRole('heading', {
      name: 'Released about then',
    });
    expect(heading.parentElement).toHaveTextContent(
      'fx/fx-store-4 prod 77ce012 25 minutes ago',
    );
  });

  it('says so where there are none, and leads to all', async () => {
    const user = userEvent.setup();
    const { address } = await renderReleases(
      '/links/calls?squad=group:default/card',
    );
    expect(
      await screen.findByText('No cross-cluster call of squad card is known.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all squads' }));
    expect(await rowsOf()).toHaveLength(7);
    expect(address()).toBe('/links/calls?squad=all');
  });

  it('tells who is in no squad', async () => {
    const api = new FixtureApi({ now: Date.now(), mine: [] });
    await renderReleases('/links/calls', { api });
    expect(
      await screen.findByText('You are in no squad that has services.'),
    ).toBeInTheDocument();
  });

  it('shows a failure as a failure', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.getLinkCalls = async () => {
      throw Object.assign(new Error('no'), { statusCode: 503 });
    };
    await renderReleases('/links/calls', { api });
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(screen.queryByText(/No cross-cluster call/)).toBeNull();
  });
});

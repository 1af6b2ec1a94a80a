import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { WhereItRunsCard } from '../entity/WhereItRunsCard';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';
import { AskFixtureApi } from './__testUtils__/AskFixtureApi';

const PAGE = '/releases/services/ledger/ledger-api-0';
const CELL = 'ledger%2Fledger-api-0%40prod';

giveElementsHeight(720);

const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ledger-api-0', namespace: 'default' },
  spec: { type: 'service' },
};

describe('a request that waits', () => {
  const waiting = () => {
    const api = new AskFixtureApi();
    api.requests.push(
      api.makeRequest({ mayDecide: true }),
      api.makeRequest({ id: 'REQ-7', state: 'held', environment: 'staging' }),
      api.makeRequest({ id: 'REQ-8', state: 'approved' }),
      api.makeRequest({ id: 'REQ-9', state: 'rejected' }),
    );
    return api;
  };
  const lines = async () =>
    within(await screen.findByRole('list', { name: 'Requests that wait' }))
      .getAllByRole('listitem')
      .map(line => line.textContent);

  it('stands on the service’s page with its way to decide', async () => {
    await renderReleases(PAGE, { api: waiting() });
    expect(await lines()).toEqual([
      expect.stringMatching(
        /Waiting REQ-1042 → prod asked by Ana Ruiz 4 minutes ago Review REQ-1042/,
      ),
      expect.stringMatching(/Held REQ-7 → staging/),
      expect.stringMatching(/Being written REQ-8 → prod .*Open REQ-8/),
    ]);
    expect(
      screen.getByRole('link', { name: 'Review REQ-1042' }),
    ).toHaveAttribute('href', '/releases/requests/REQ-1042');
  });

  it('stands in the cell’s sheet, of its environment alone', async () => {
    await renderReleases(`/releases/board?open=${CELL}`, { api: waiting() });
    expect(await lines()).toEqual([
      expect.stringContaining('REQ-1042'),
      expect.stringContaining('REQ-8'),
    ]);
  });

  it('opens at the side of the board, and gives the cell its place back', async () => {
    const { address } = await renderReleases(
      `/releases/board?q=ledger&open=${CELL}`,
      { api: waiting() },
    );
    const title = document.title;
    await userEvent.click(
      await screen.findByRole('link', { name: 'Review REQ-1042' }),
    );
    expect(address()).toBe('/releases/board?q=ledger&open=REQ-1042');
    const sheet = await screen.findByRole('dialog', { name: 'REQ-1042' });
    const heading = await within(sheet).findByRole('heading', {
      name: 'Release ledger-api-0 to prod?',
    });
    expect(
      within(sheet).getByRole('button', { name: /^Approve release/ }),
    ).toBeInTheDocument();
    expect(document.title).toBe(title);
    heading.focus();
    await userEvent.keyboard('{Escape}');
    expect(address()).toBe(`/releases/board?q=ledger&open=${CELL}`);
    expect(screen.queryByRole('dialog', { name: 'REQ-1042' })).toBeNull();
    expect(await lines()).toHaveLength(2);
  });

  it('opens on the board that its address names, and leaves the board there', async () => {
    const { address } = await renderReleases(
      '/releases/board?q=ledger&open=REQ-1042',
      { api: waiting() },
    );
    const sheet = await screen.findByRole('dialog', { name: 'REQ-1042' });
    await within(sheet).findByRole('button', { name: /^Approve release/ });
    await userEvent.click(within(sheet).getByRole('button', { name: 'Close' }));
    expect(address()).toBe('/releases/board?q=ledger');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('stands on the card, and comes and goes with the signals', async () => {
    const api = new AskFixtureApi();
    const { signal } = await renderReleases('/releases', {
      api,
      element: (
        <EntityProvider entity={component}>
          <WhereItRunsCard />
        </EntityProvider>
      ),
    });
    await screen.findByRole('link', { name: 'Request release' });
    expect(
      screen.queryByRole('list', { name: 'Requests that wait' }),
    ).toBeNull();
    api.requests.push(api.makeRequest());
    act(() => signal(1, 'requests'));
    expect(await screen.findByText('Waiting')).toBeInTheDocument();
    api.requests[0] = { ...api.requests[0], state: 'cancelled' };
    act(() => signal(2, 'requests'));
    await waitFor(() => expect(screen.queryByText('Waiting')).toBeNull());
  });

  it('is not said to be absent where that isn’t known', async () => {
    const api = new AskFixtureApi();
    api.getRequests = async () => {
      throw Object.assign(new Error('away'), { statusCode: 503 });
    };
    await renderReleases(PAGE, { api });
    expect(
      await screen.findByText('Whether a request waits could not be loaded.'),
    ).toBeInTheDocument();
  });
});

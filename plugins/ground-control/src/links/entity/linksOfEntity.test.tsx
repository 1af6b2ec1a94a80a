import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../../__testUtils__/expectAccessible';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { renderReleases } from '../../__testUtils__/renderReleases';
import { GcRoot } from '../../components/GcRoot';
import { ClusterLinks } from './ClusterLinks';
import { ComponentLinks } from './ComponentLinks';

const fixture = () => new FixtureApi({ now: Date.now() });

async function renderComponent(name: string, api = fixture()) {
  const calls = jest.spyOn(api, 'getLinkCalls');
  const rendered = await renderReleases('/releases', {
    api,
    element: (
      <GcRoot>
        <ComponentLinks
          entityRef={`component:default/${name}`}
          service={{ namespace: 'ledger', name }}
        />
      </GcRoot>
    ),
  });
  await waitFor(() => expect(calls).toHaveBeenCalled());
  return rendered;
}

describe('links of a Component', () => {
  it('are its calls and those to it, and its entries', async () => {
    const { container } = await renderComponent('ledger-api-0');
    const calls = await screen.findByRole('table', {
      name: 'Calls over links',
    });
    expect(within(calls).getAllByRole('rowheader')).toHaveLength(3);
    expect(
      screen.getByRole('table', { name: 'Entries of the gateway' }),
    ).toHaveTextContent('certificate not ready');
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('lead to the form that asks for access, also where there are none', async () => {
    await renderComponent('loan-api-5');
    expect(
      await screen.findByRole('link', { name: 'Ask for access' }),
    ).toHaveAttribute(
      'href',
      '/links/gateway?ask=1&service=ledger%2Floan-api-5',
    );
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('lead to the form that gives an entry up', async () => {
    const { address } = await renderComponent('ledger-api-0');
    await userEvent.click(
      await screen.findByRole('button', { name: /^Remove access…/ }),
    );
    expect(address()).toBe(
      '/links/gateway?squad=all&remove=ingress+ledger-api-0+gcp-prod-1&service=ledger%2Fledger-api-0',
    );
  });

  it('are not mentioned where there are none, and no gateway', async () => {
    const api = fixture();
    const ask = api.getGatewayEntries.bind(api);
    api.getGatewayEntries = async query => ({
      ...(await ask(query)),
      path: null,
    });
    const { container } = await renderComponent('loan-api-5', api);
    await waitFor(() =>
      expect(container.querySelector('.gc-root')).toBeEmptyDOMElement(),
    );
  });

  it('are not said to be none where they can’t be asked for', async () => {
    const api = fixture();
    api.getGatewayEntries = async () => {
      throw new Error('no connection');
    };
    await renderComponent('ledger-api-0', api);
    expect(
      await screen.findByText('Links could not be loaded: no connection'),
    ).toBeInTheDocument();
  });
});

describe('links of a cluster', () => {
  const renderCluster = (name: string, api = fixture()) =>
    renderReleases('/releases', {
      api,
      element: (
        <GcRoot>
          <ClusterLinks cluster={name} />
        </GcRoot>
      ),
    });

  it('are those in and out, the worst first', async () => {
    const { container } = await renderCluster('az-prod-1');
    const table = await screen.findByRole('table');
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows[0]).toHaveTextContent('aws-prod-2 → az-prod-1 Down');
    expect(rows[1]).toHaveTextContent('az-prod-1 → gcp-prod-2 High');
    rows.forEach(row => expect(row).toHaveTextContent('az-prod-1'));
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('are none where none is known', async () => {
    await renderCluster('moon');
    expect(
      await screen.findByText('No link from or to it is known.'),
    ).toBeInTheDocument();
  });
});

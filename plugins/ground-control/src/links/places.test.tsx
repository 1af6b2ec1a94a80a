import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { renderReleases } from '../__testUtils__/renderReleases';

const rows = async () =>
  within(await screen.findByRole('grid'))
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent);
const GCP = ['gcp-prod-1', 'gcp-prod-2'];

describe('clusters are picked by provider and role', () => {
  it('for the matrix, whose numbers are of the same links', async () => {
    const user = userEvent.setup();
    const { address, container } = await renderReleases('/links');
    expect(await rows()).toHaveLength(7);
    await user.selectOptions(screen.getByLabelText('Provider'), 'GCP');
    expect(address()).toBe('/links?provider=gcp');
    expect(await rows()).toEqual(GCP);
    expect(
      screen.getByText(/^0 of 2 links are down, slower/),
    ).toBeInTheDocument();
    // Trust and sources of others aren't shown either.
    expect(screen.queryByText(/share no trust root/)).toBeNull();
    expect(
      screen.getByRole('region', { name: 'What measures from each cluster' }),
    ).not.toHaveTextContent('az-prod-2');
    expect(screen.getByRole('link', { name: 'Map' })).toHaveAttribute(
      'href',
      '/links/map?provider=gcp',
    );
    await user.selectOptions(screen.getByLabelText('Role'), 'prod');
    expect(address()).toBe('/links?provider=gcp&role=prod');
    await expectAccessible(container.querySelector('.gc-root')!);
    await user.selectOptions(screen.getByLabelText('Provider'), 'All');
    expect(address()).toBe('/links?role=prod');
    expect(await rows()).toHaveLength(6);
  });

  it('several at once, by the address', async () => {
    await renderReleases('/links?provider=aws,gcp&role=prod');
    expect(await rows()).toEqual(['aws-prod-1', 'aws-prod-2', ...GCP]);
    expect(screen.getByLabelText('Provider')).toHaveDisplayValue('AWS, GCP');
  });

  it('for the map and the table below it', async () => {
    const { container } = await renderReleases(
      '/links/map?provider=aws,gcp&role=prod',
    );
    await screen.findByRole('button', { name: 'gcp-prod-1' });
    expect(screen.queryByRole('button', { name: 'az-prod-1' })).toBeNull();
    const links = within(screen.getByRole('table'))
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent);
    expect(links).toEqual([
      'aws-prod-1 → gcp-prod-1',
      'aws-prod-1 → aws-prod-2',
    ]);
    expect(
      screen.getByRole('heading', { name: '2 of 11 links aren’t well' }),
    ).toBeInTheDocument();
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it.each(['/links', '/links/map'])(
    'says on %s that none matches, never that all is well or nothing measures',
    async path => {
      const user = userEvent.setup();
      const { address } = await renderReleases(
        `${path}?provider=gcp&role=staging`,
      );
      expect(
        await screen.findByText('No cluster matches the filters.'),
      ).toBeInTheDocument();
      expect(screen.queryByText(/are well|are normal|Nothing measures/)).toBe(
        null,
      );
      await user.click(screen.getByRole('button', { name: 'Show all' }));
      expect(address()).toBe(path);
      await waitFor(() =>
        expect(screen.queryByText(/^No cluster matches/)).toBeNull(),
      );
    },
  );

  it.each(['/links', '/links/map'])(
    'names on %s what no cluster has, and shows the others',
    async path => {
      const user = userEvent.setup();
      const { address } = await renderReleases(
        `${path}?provider=moon,gcp&role=night`,
      );
      for (const filter of ['provider=moon', 'role=night']) {
        expect(
          await screen.findByText(`Filter ${filter} was not recognised`),
        ).toBeInTheDocument();
      }
      expect(screen.queryByText(/aws-prod-1/)).toBeNull();
      expect(screen.getByLabelText('Provider')).toHaveDisplayValue('GCP');
      await user.click(screen.getByRole('button', { name: 'Remove' }));
      expect(address()).toBe(`${path}?provider=gcp`);
    },
  );

  it('says how to begin where nothing measures, whatever is picked', async () => {
    const api = new FixtureApi({ now: Date.now(), links: 'none' });
    await renderReleases('/links?provider=gcp', { api });
    expect(
      await screen.findByText('Nothing measures links yet.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/^No cluster matches/)).toBeNull();
  });
});

import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../../__testUtils__/expectAccessible';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { renderReleases } from '../../__testUtils__/renderReleases';

const lines = () =>
  [...document.querySelectorAll('.gc-map-line')].map(line =>
    line.getAttribute('data-state'),
  );
const cluster = (name: string) => screen.findByRole('button', { name });
const allWell = () => {
  const api = new FixtureApi({ now: Date.now(), links: 3 });
  api.linkSet.put('aws-prod-1', 'gcp-prod-1', {
    state: 'normal',
    code: 'as-usual',
  });
  return api;
};
const table = () => screen.getByRole('table');

describe('map of links', () => {
  it('draws the links that aren’t well, and tells them as a table', async () => {
    const { container } = await renderReleases('/links/map');
    await cluster('aws-prod-1');
    const heading = screen.getByRole('heading', {
      name: /^\d+ of \d+ links aren’t well$/,
    });
    expect(heading).toBeInTheDocument();
    const rows = within(table()).getAllByRole('row').slice(1);
    expect(lines()).toHaveLength(rows.length);
    expect(lines()).not.toContain('normal');
    expect(lines().slice(0, 2)).toEqual(['down', 'high']);
    expect(rows[0]).toHaveTextContent('aws-prod-2 → az-prod-1');
    expect(rows[0]).toHaveTextContent(
      'Down for 41mEvery probe since the last answer was lost.',
    );
    expect(rows[1]).toHaveTextContent(/High.*×/);
    expect(within(rows[0]).getByRole('link')).toHaveAttribute(
      'href',
      '/links/aws-prod-2/az-prod-1',
    );
    await waitFor(() => expect(document.title).toBe('Map · Links'));
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('is used by keys: one stop, arrows, Enter for the list, Esc back', async () => {
    const user = userEvent.setup();
    const { address } = await renderReleases('/links/map');
    const first = await cluster('aws-prod-1');
    const bad = lines();
    expect(
      screen
        .getAllByRole('button')
        .filter(box => box.dataset.cluster && box.tabIndex === 0),
    ).toEqual([first]);
    first.focus();
    await waitFor(() => expect(lines()).toContain('normal'));
    await user.keyboard('{ArrowRight}{ArrowDown}{ArrowLeft}');
    expect(await cluster('aws-prod-2')).toHaveFocus();
    await user.keyboard('{Enter}');
    const heading = await screen.findByRole('heading', {
      name: 'Links of aws-prod-2, the worst first',
    });
    expect(heading).toHaveFocus();
    expect(address()).toBe('/links/map?cluster=aws-prod-2');
    const rows = within(table()).getAllByRole('rowheader');
    expect(rows).toHaveLength(lines().length);
    rows.forEach(row => expect(row).toHaveTextContent('aws-prod-2'));
    (await cluster('aws-prod-2')).focus();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(address()).toBe('/links/map'));
    (await cluster('aws-prod-2')).blur();
    await waitFor(() => expect(lines()).toEqual(bad));
  });

  it('says so where all is well', async () => {
    const api = allWell();
    await renderReleases('/links/map', { api });
    expect(
      await screen.findByRole('heading', { name: 'All 6 links are normal' }),
    ).toBeInTheDocument();
    expect(lines()).toEqual([]);
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('says where links come from while none are known', async () => {
    const api = new FixtureApi({ now: Date.now(), links: 'none' });
    await renderReleases('/links/map', { api });
    expect(
      await screen.findByText('Nothing measures links yet.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/groundControl.latency.sources/),
    ).toBeInTheDocument();
  });

  it('shows a refusal as a refusal', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.getLinkMatrix = async () => {
      throw Object.assign(
        new Error('the permission ground-control.cluster.read is missing'),
        { statusCode: 403 },
      );
    };
    await renderReleases('/links/map', { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'ground-control.cluster.read',
    );
    expect(screen.queryByText('Nothing measures links yet.')).toBeNull();
  });

  it('follows signals of links, and keeps what it shows when that fails', async () => {
    const api = allWell();
    const { signal } = await renderReleases('/links/map', { api });
    await screen.findByRole('heading', { name: 'All 6 links are normal' });
    const { from, to } = api.linkSet.cells[0];
    api.linkSet.put(from, to, { state: 'down', code: 'all-lost' });
    act(() => signal(1, 'links'));
    expect(
      await screen.findByRole('heading', { name: '1 of 6 links isn’t well' }),
    ).toBeInTheDocument();
    api.getLinkMatrix = async () => {
      throw Object.assign(new Error('no'), { statusCode: 503 });
    };
    act(() => signal(2, 'links'));
    expect(
      await screen.findByRole('button', { name: 'Retry' }),
    ).toBeInTheDocument();
    expect(lines()).toEqual(['down']);
  });
});

import {
  LINK_STATES,
  LinkCallSource,
} from '@ground-control/backstage-plugin-ground-control-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../../__testUtils__/expectAccessible';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { FixtureLinkKind } from '../../__testUtils__/FixtureLinks';
import { renderReleases } from '../../__testUtils__/renderReleases';

const make = (links: FixtureLinkKind = 'mixed') =>
  new FixtureApi({ now: Date.now(), links });

async function findGrid() {
  return screen.findByRole('grid', {
    name: 'Links from the cluster of the row to the cluster of the column',
  });
}

const cellOf = (from: string, to: string) =>
  screen
    .getAllByRole('gridcell')
    .find(cell =>
      (cell.getAttribute('aria-label') ?? cell.textContent)?.startsWith(
        `${from} to ${to}:`,
      ),
    )!;

describe('matrix of links', () => {
  it('has one main, a title, a heading, and says how many are bad', async () => {
    const { container } = await renderReleases('/links', { api: make() });
    await findGrid();
    expect(
      screen.getByRole('heading', { name: 'Links between clusters' }),
    ).toBeInTheDocument();
    await waitFor(() => expect(document.title).toBe('Matrix · Links'));
    expect(document.querySelectorAll('main,[role=main]')).toHaveLength(1);
    expect(screen.getByRole('link', { name: 'Matrix' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    expect(
      screen.getByText(
        '5 of 35 links are down, slower than usual or lose probes.',
      ),
    ).toHaveAttribute('role', 'status');
    await expectAccessible(container);
  });

  it('tells the eight states apart by shape and word', async () => {
    await renderReleases('/links', { api: make() });
    await findGrid();
    const looks = (
      [
        ['aws-prod-2', 'az-prod-1', 'down', 'Down', /Down for 41m$/],
        ['aws-prod-1', 'gcp-prod-1', 'high', 'High', /124 ms ×\d/],
        ['az-prod-1', 'aws-prod-1', 'elevated', 'Elevated', /≈33 ms ×\d/],
        ['az-prod-2', 'aws-prod-1', 'stale', 'Stale', /\d ms 6m old$/],
        ['aws-prod-1', 'aws-prod-2', 'never-sampled', 'No data', /No data$/],
        ['gcp-prod-1', 'aws-prod-1', 'normal', 'Normal', /\d ms ×1(\.\d)? of/],
        ['aws-stg-1', 'az-prod-1', 'not-linked', 'Not linked', /^$/],
        ['gcp-prod-2', 'aws-prod-2', 'hidden', 'Hidden', /Hidden$/],
      ] as const
    ).map(([from, to, state, word, text]) => {
      const cell = cellOf(from, to);
      expect(cell).toHaveAttribute('data-state', state);
      expect(cell).toHaveAccessibleName(
        expect.stringContaining(`${from} to ${to}: ${word}.`),
      );
      expect(cell).toHaveTextContent(text);
      return cell.querySelector('svg')!.innerHTML;
    });
    expect(new Set(looks).size).toBe(LINK_STATES.length);
  });

  it('says loss, and that nothing was answered', async () => {
    await renderReleases('/links', { api: make() });
    await findGrid();
    expect(cellOf('gcp-prod-1', 'az-prod-2')).toHaveTextContent(
      /1\.8% lost · ×1/,
    );
    expect(cellOf('az-prod-1', 'gcp-prod-2')).toHaveTextContent(
      /^No answer for \d+ sec/,
    );
    expect(cellOf('gcp-prod-2', 'az-prod-1')).toHaveTextContent(/no baseline$/);
  });

  it('has one tab stop; arrows skip the diagonal, the line tells, Enter opens', async () => {
    const { address } = await renderReleases('/links?pct=p50', {
      api: make(),
    });
    const grid = await findGrid();
    const stops = () =>
      [...grid.querySelectorAll<HTMLElement>('td')].filter(
        cell => cell.tabIndex === 0,
      );
    expect(stops()).toEqual([cellOf('aws-prod-1', 'aws-prod-2')]);
    act(() => stops()[0].focus());
    await userEvent.keyboard('{ArrowDown}');
    // Below it lies aws-prod-2 itself.
    expect(cellOf('az-prod-1', 'aws-prod-2')).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(cellOf('az-prod-1', 'aws-prod-1')).toHaveFocus();
    expect(stops()).toEqual([cellOf('az-prod-1', 'aws-prod-1')]);
    expect(
      screen.getByText(/^az-prod-1 → aws-prod-1$/).parentElement,
    ).toHaveTextContent(
      /: Elevated, ≈23 ms, ×\S+ of \S+\. Slower than usual in the last minutes\. Back: \d+ ms\. Sampled \S+ \S+ ago by probe az-prod-1 \(gateway/,
    );
    expect(cellOf('aws-prod-1', 'az-prod-1')).toHaveAttribute('data-back');
    const row = cellOf('az-prod-1', 'aws-prod-1').parentElement!;
    expect(row).toHaveAttribute('data-on');
    await userEvent.keyboard('{Enter}');
    expect(address()).toBe('/links/az-prod-1/aws-prod-1?pct=p50');
  });

  it('tells of what is pointed at, and no more when the pointer leaves', async () => {
    await renderReleases('/links', { api: make() });
    const grid = await findGrid();
    await userEvent.hover(cellOf('aws-prod-2', 'az-prod-1'));
    expect(screen.getByText('aws-prod-2 → az-prod-1')).toBeInTheDocument();
    expect(grid.querySelectorAll('[data-on]')).toHaveLength(3);
    await userEvent.unhover(grid);
    expect(screen.queryByText('aws-prod-2 → az-prod-1')).toBeNull();
    expect(grid.querySelectorAll('[data-on],[data-back]')).toHaveLength(0);
  });

  it('does not open what is hidden or not linked', async () => {
    const { address } = await renderReleases('/links', { api: make() });
    await findGrid();
    await userEvent.click(cellOf('gcp-prod-2', 'aws-prod-2'));
    await userEvent.click(cellOf('aws-stg-1', 'az-prod-1'));
    expect(address()).toBe('/links');
  });

  it('keeps the place of the keys when the links change', async () => {
    const api = make();
    const { signal } = await renderReleases('/links', { api });
    await findGrid();
    const cell = cellOf('gcp-prod-1', 'aws-prod-1');
    act(() => cell.focus());
    api.linkSet.put('gcp-prod-1', 'aws-prod-1', {
      state: 'down',
      code: 'all-lost',
    });
    act(() => signal(1, 'links'));
    await waitFor(() =>
      expect(cellOf('gcp-prod-1', 'aws-prod-1')).toHaveAttribute(
        'data-state',
        'down',
      ),
    );
    expect(cellOf('gcp-prod-1', 'aws-prod-1')).toHaveFocus();
    expect(cellOf('gcp-prod-1', 'aws-prod-1')).toHaveAttribute('tabindex', '0');
    expect(
      screen.getByText('gcp-prod-1 → aws-prod-1').parentElement,
    ).toHaveTextContent(/: Down/);
  });

  it('tells of the same link, wherever it stands by now, as long as it is there', async () => {
    const api = make();
    const { signal } = await renderReleases('/links', { api });
    const grid = await findGrid();
    const keep = async (isKept: (name: string) => boolean, of: number) => {
      const { linkSet } = api;
      linkSet.clusters = linkSet.clusters.filter(({ name }) => isKept(name));
      linkSet.cells = linkSet.cells.filter(
        ({ from, to }) => isKept(from) && isKept(to),
      );
      act(() => signal(of, 'links'));
      await waitFor(() =>
        expect(within(grid).getAllByRole('columnheader')).toHaveLength(7 - of),
      );
    };
    await userEvent.hover(cellOf('gcp-prod-1', 'az-prod-1'));
    await keep(name => name !== 'aws-prod-1', 1);
    expect(screen.getByText('gcp-prod-1 → az-prod-1')).toBeInTheDocument();
    expect(cellOf('gcp-prod-1', 'az-prod-1').parentElement).toHaveAttribute(
      'data-on',
    );
    expect(cellOf('az-prod-1', 'gcp-prod-1')).toHaveAttribute('data-back');
    await keep(name => name !== 'az-prod-1', 2);
    expect(screen.queryByText('gcp-prod-1 → az-prod-1')).toBeNull();
    expect(screen.getByText(/^Point at a link/)).toBeInTheDocument();
    expect(grid.querySelectorAll('[data-on],[data-back]')).toHaveLength(0);
  });

  it('names the hidden in its legend only where some are', async () => {
    const listed = () =>
      screen
        .getByRole('list', { name: 'What is meant, and how many there are' })
        .textContent!.trim();
    const { unmount } = await renderReleases('/links', { api: make() });
    await findGrid();
    expect(listed()).toMatch(/Hidden 1$/);
    unmount();
    await renderReleases('/links', { api: make(4) });
    await findGrid();
    expect(listed()).toMatch(/Normal 12 Not linked$/);
  });

  it('keeps every choice in the URL', async () => {
    const { address } = await renderReleases('/links', { api: make() });
    await findGrid();
    const pick = (label: string, option: string) =>
      userEvent.selectOptions(screen.getByLabelText(label), option);
    await pick('Window', '24h');
    await pick('Percentile', 'p99');
    await pick('Colour', 'ms');
    await pick('Rows', 'providers');
    await pick('Squad', 'mine');
    await userEvent.click(screen.getByLabelText('Only what isn’t well'));
    expect(address()).toBe(
      '/links?win=24h&pct=p99&by=ms&axis=providers&only=bad&squad=mine',
    );
    // What is looked for goes along to the other pages.
    expect(screen.getByRole('link', { name: 'Map' })).toHaveAttribute(
      'href',
      '/links/map?win=24h&pct=p99&by=ms&axis=providers&only=bad&squad=mine',
    );
  });

  it('says why a percentile can’t be picked', async () => {
    await renderReleases('/links?win=5m&pct=p50', { api: make() });
    await findGrid();
    expect(
      screen.getByRole('option', {
        name: 'p99: needs 500 samples, there are 60',
      }),
    ).toBeDisabled();
    expect(screen.getByRole('option', { name: 'p50' })).toBeEnabled();
  });

  it('says so where the picked one has too few samples', async () => {
    await renderReleases('/links?win=5m', { api: make() });
    await findGrid();
    expect(
      screen.getByText(/The window has too few samples for p95/),
    ).toBeInTheDocument();
    expect(cellOf('gcp-prod-1', 'aws-prod-1')).toHaveTextContent(
      /Too few 60 of 100$/,
    );
  });

  it('names what it does not understand in the URL', async () => {
    await renderReleases('/links?win=2h', { api: make() });
    await findGrid();
    expect(
      screen.getByText(/win=2h/, { selector: '.gc-chip' }),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('Window')).toHaveValue('1h');
  });

  it('gathers clusters by provider, with how many are bad, and opens them', async () => {
    const { address, container } = await renderReleases(
      '/links?axis=providers',
      { api: make() },
    );
    await findGrid();
    const cell = cellOf('AWS (3)', 'Azure (2)');
    expect(cell).toHaveAttribute('data-state', 'down');
    expect(cell).toHaveTextContent(/Down 1 of 4 bad$/);
    expect(cellOf('AWS (3)', 'AWS (3)')).toHaveTextContent(/0 of 4 bad$/);
    await expectAccessible(container);
    await userEvent.click(cell);
    expect(address()).toBe('/links?axis=providers&open=aws%2Cazure');
    expect(cellOf('aws-prod-1', 'GCP (2)')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /Azure \(2\)/ }));
    expect(address()).toBe('/links?axis=providers&open=aws');
  });

  it('leaves out what is well, and says so where all is', async () => {
    const { address } = await renderReleases('/links?only=bad', {
      api: make(4),
    });
    expect(await screen.findByText('All links are well.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await findGrid();
    expect(address()).toBe('/links');
  });

  it('shows whose calls cross which link, the sentence first', async () => {
    const { container } = await renderReleases('/links?squad=all', {
      api: make(),
    });
    await findGrid();
    const used = await waitFor(() => {
      const cell = cellOf('az-prod-1', 'gcp-prod-1');
      expect(cell).toHaveTextContent(/\b1 call/);
      return cell;
    });
    expect(used).toHaveClass('gc-link');
    const unused = cellOf('aws-prod-2', 'gcp-prod-1');
    expect(unused).toHaveAccessibleName(/Not used by/);
    expect(unused).not.toHaveAccessibleName(/ms/);
    expect(unused).toHaveTextContent(/^$/);
    expect(unused).not.toHaveClass('gc-link');
    const sentence = screen.getByText(/cross-cluster calls/);
    expect(sentence.compareDocumentPosition(screen.getByRole('grid'))).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
    await expectAccessible(container);
  });

  it.each(['full', 'compact'])(
    'counts in a %s cell what the sentence counts, and what is declared alone where there is no other',
    async size => {
      const api = size === 'full' ? make() : make(20);
      const { cells } = await api.getLinkMatrix({});
      const [used, declared] = cells.filter(cell => cell.state === 'normal');
      const read = api.getLinkCalls.bind(api);
      api.getLinkCalls = async query => {
        const answer = await read(query);
        const call = (at: typeof used, name: string, sources: string[]) => ({
          ...answer.calls[0],
          calleeName: name,
          callee: null,
          from: at.from,
          to: at.to,
          sources: sources as LinkCallSource[],
        });
        return {
          ...answer,
          calls: [
            call(used, 'a', ['traffic']),
            call(used, 'b', ['catalog', 'entry']),
            call(used, 'c', ['catalog']),
            call(declared, 'a', ['catalog']),
          ],
        };
      };
      await renderReleases('/links?squad=all', { api });
      await findGrid();
      const told = (cell: HTMLElement) =>
        cell.getAttribute('aria-label') ?? cell.textContent;
      await waitFor(() =>
        expect(told(cellOf(used.from, used.to))).toMatch(/2 calls/),
      );
      const alone = cellOf(declared.from, declared.to);
      expect(told(alone)).toMatch(/1 declared/);
      expect(told(alone)).not.toMatch(/Not used|call/);
      expect(alone).toHaveClass('gc-link');
      // Nor do they look alike.
      const shown = size === 'full' ? 'b' : 'i';
      const seen = size === 'full' ? '1 declared' : '(1)';
      expect(alone.querySelector(shown)).toHaveTextContent(seen);
    },
  );

  it('stands without the calls', async () => {
    const api = make();
    api.getLinkCalls = async () => {
      throw new Error('down');
    };
    await renderReleases('/links?squad=all', { api });
    await findGrid();
    expect(
      await screen.findByText('Which calls cross a link could not be read.'),
    ).toBeInTheDocument();
    expect(cellOf('gcp-prod-1', 'aws-prod-1')).toHaveClass('gc-link');
  });

  it('says which sources aren’t heard of, and why', async () => {
    await renderReleases('/links', { api: make() });
    const strip = await screen.findByRole('region', {
      name: 'What measures from each cluster',
    });
    expect(strip).toHaveTextContent('az-prod-2 unreachable 6m');
    expect(strip).toHaveTextContent(
      /az-prod-2: can’t be reached.*ECONNREFUSED/,
    );
    expect(strip).toHaveTextContent(/aws-stg-1: nothing measures from there/);
    expect(
      screen.getByRole('list', { name: 'Trust between clusters' }),
    ).toHaveTextContent(
      /aws-prod-1 → gcp-prod-1 share no trust root after \S+ \d+, \d{4}/,
    );
  });

  it('draws small cells of many clusters, everything in words', async () => {
    await renderReleases('/links', { api: make(13) });
    const grid = await findGrid();
    expect(grid).toHaveAttribute('data-size', 'compact');
    expect(within(grid).getAllByRole('gridcell')).toHaveLength(169);
    const cell = cellOf('aws-prod-1', 'gcp-prod-1');
    expect(cell.getAttribute('aria-label')).toMatch(
      new RegExp(
        `^aws-prod-1 to gcp-prod-1: Normal\\. ${cell.textContent} ms ×[\\d.]+ of \\d+$`,
      ),
    );
  });

  it('draws the rows that the window has room for first, and all of them at once when they change', async () => {
    const api = make(50);
    const { signal } = await renderReleases('/links?axis=clusters', { api });
    const seen: number[] = [];
    const grid = await findGrid();
    const count = () => grid.querySelectorAll('tbody tr').length;
    const observer = new MutationObserver(() => seen.push(count()));
    observer.observe(grid, { childList: true, subtree: true });
    seen.push(count());
    await waitFor(() => expect(count()).toBe(50));
    // Four fifths of 768 CSS pixels, 28 a row.
    expect(seen[0]).toBe(22);
    const row = grid.querySelector('tbody tr')!;
    await waitFor(() => expect(row.children).toHaveLength(51));
    const last = grid.querySelector('tbody tr:last-child td:nth-child(2)')!;
    const [to, ...others] = api.linkSet.clusters;
    const from = others[others.length - 1];
    api.linkSet.put(from.name, to.name, { state: 'down', code: 'all-lost' });
    act(() => signal(1, 'links'));
    await waitFor(() => expect(last).toHaveAttribute('data-state', 'down'));
    expect(Math.min(...seen.slice(seen.indexOf(50)))).toBe(50);
    observer.disconnect();
  });

  it('draws no cell anew while one is pointed at', async () => {
    await renderReleases('/links?axis=clusters', { api: make(50) });
    const grid = await findGrid();
    const cells = () => grid.querySelectorAll('td[data-at]');
    await waitFor(() => expect(cells()).toHaveLength(2450));
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver(records => changes.push(...records));
    observer.observe(grid, { childList: true, subtree: true });
    await userEvent.hover(grid.querySelector('td[data-at="3,7"]')!);
    await userEvent.hover(grid.querySelector('td[data-at="9,2"]')!);
    observer.takeRecords().forEach(record => changes.push(record));
    observer.disconnect();
    expect(cells()).toHaveLength(2450);
    expect(changes).toHaveLength(0);
  });

  it('says how to begin where nothing measures', async () => {
    await renderReleases('/links', { api: make('none') });
    expect(
      await screen.findByText('Nothing measures links yet.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/groundControl\.latency\.sources/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('says what is forbidden', async () => {
    const api = make();
    api.getLinkMatrix = async () => {
      throw Object.assign(
        new Error('the permission ground-control.cluster.read is missing'),
        { statusCode: 403 },
      );
    };
    const { container } = await renderReleases('/links', { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Ask a platform engineer for the permission ground-control.cluster.read.',
    );
    await expectAccessible(container);
  });

  it('keeps what it has when it can’t be refreshed', async () => {
    const api = make();
    const { signal } = await renderReleases('/links', { api });
    await findGrid();
    api.getLinkMatrix = async () => {
      throw Object.assign(new TypeError('Failed to fetch'));
    };
    act(() => signal(1, 'links'));
    expect(await screen.findByText(/^Not refreshed:/)).toBeInTheDocument();
    expect(cellOf('gcp-prod-1', 'aws-prod-1')).toBeInTheDocument();
  });
});

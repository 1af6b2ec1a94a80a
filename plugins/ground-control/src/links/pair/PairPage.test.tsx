import { LinkState } from '@ground-control/backstage-plugin-ground-control-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../../__testUtils__/expectAccessible';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { renderReleases } from '../../__testUtils__/renderReleases';

const UNTOLD = 'What measures it doesn’t tell how single probes ended.';

const make = () => new FixtureApi({ now: Date.now() });

describe('page of a link', () => {
  it('says how it stands, since when, what is usual, and how the way back is', async () => {
    const { container } = await renderReleases('/links/aws-prod-1/gcp-prod-1', {
      api: make(),
    });
    expect(
      await screen.findByRole('heading', { name: 'aws-prod-1 → gcp-prod-1' }),
    ).toBeInTheDocument();
    const since = await screen.findByText('Since', { selector: 'dt' });
    const facts = since.closest('section')!;
    expect(facts).toHaveTextContent(/High 124 ms ×[\d.]+ of/);
    expect(facts).toHaveTextContent('Slower than usual in the last minutes.');
    expect(facts).toHaveTextContent('Since41 minutes ago');
    expect(facts).toHaveTextContent(/Baselinep95 \d+ ms/);
    expect(facts).toHaveTextContent(
      /Backgcp-prod-1 → aws-prod-1 Normal \d+ ms/,
    );
    expect(facts).toHaveTextContent(/p95, 5 minutesToo few, 60 of 100/);
    await waitFor(() =>
      expect(document.title).toBe('aws-prod-1 → gcp-prod-1 · Links'),
    );
    await screen.findByText('No call over it is known.').catch(() => undefined);
    await expectAccessible(container);
  });

  it('is read by the keys, moment by moment', async () => {
    await renderReleases('/links/aws-prod-1/gcp-prod-1', { api: make() });
    const chart = await screen.findByRole('slider', { name: 'Moment' });
    const newest = chart.getAttribute('aria-valuetext')!;
    expect(newest).toMatch(/p50 \d+ ms, p95 \d+ ms, 0 of 12 probes lost$/);
    act(() => chart.focus());
    await userEvent.keyboard('{ArrowLeft}');
    const before = chart.getAttribute('aria-valuetext')!;
    expect(before).not.toBe(newest);
    expect(screen.getByText(before)).toBeInTheDocument();
    await userEvent.keyboard('{Home}');
    expect(chart).toHaveAttribute('aria-valuenow', '0');
    await userEvent.keyboard('{ArrowLeft}');
    expect(chart).toHaveAttribute('aria-valuenow', '0');
    await userEvent.keyboard('{End}');
    expect(chart).toHaveAttribute('aria-valuetext', newest);
  });

  it('breaks its lines where nothing was sampled', async () => {
    await renderReleases('/links/aws-prod-1/gcp-prod-1', { api: make() });
    const chart = await screen.findByRole('slider');
    expect(chart.querySelectorAll('polyline[data-of=p95]')).toHaveLength(2);
    expect(chart.querySelectorAll('rect.gc-chart-gap')).toHaveLength(1);
    expect(chart.querySelectorAll('rect.gc-chart-down')).toHaveLength(0);
  });

  it('names the lines that it draws, and of which percentile the band is', async () => {
    const api = make();
    const read = api.getLinkPair.bind(api);
    let hasP95 = true;
    api.getLinkPair = async query => {
      const pair = await read(query);
      if (hasP95) return pair;
      const points = pair.points.map(point => ({ ...point, p95: null }));
      return { ...pair, points };
    };
    const findKey = async () => {
      const band = await screen.findByText(/^\s*usual p\d\d$/);
      const names = within(band.closest('ul')!).getAllByRole('listitem');
      return names.map(({ textContent }) => textContent!.trim());
    };
    const others = ['all lost', 'no samples', 'lost probes'];
    const { unmount } = await renderReleases('/links/aws-prod-1/gcp-prod-1', {
      api,
    });
    expect(await findKey()).toEqual(['p95', 'p50', 'usual p95', ...others]);
    unmount();
    hasP95 = false;
    const { unmount: leave } = await renderReleases(
      '/links/aws-prod-1/gcp-prod-1',
      { api },
    );
    expect(await findKey()).toEqual(['p50', 'usual p95', ...others]);
    leave();
    await renderReleases('/links/aws-prod-1/gcp-prod-1?pct=p50', { api });
    expect(await findKey()).toEqual(['p50', 'usual p50', ...others]);
    expect(screen.getByRole('slider', { name: 'Moment' })).toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/: p50 \d+ ms, \d+ of 12 probes lost$/),
    );
    expect(document.querySelector('polyline[data-of=p95]')).toBeNull();
  });

  it('shows the same as a table', async () => {
    const { container } = await renderReleases('/links/aws-prod-1/gcp-prod-1', {
      api: make(),
    });
    await screen.findByRole('slider');
    await userEvent.click(
      screen.getByRole('button', { name: 'Show as table' }),
    );
    const table = screen.getByRole('table', {
      name: 'The link over time, newest first',
    });
    expect(screen.queryByRole('slider')).toBeNull();
    const [head, first] = within(table).getAllByRole('row');
    expect(head).toHaveTextContent('p50p95p99usual p95');
    expect(first).toHaveTextContent(/\d+ ms\d+ ms\S+ to \S+ ms0 of 12$/);
    await expectAccessible(container);
  });

  it('shades what was down, and lists the probes that were lost', async () => {
    await renderReleases('/links/aws-prod-2/az-prod-1', { api: make() });
    const chart = await screen.findByRole('slider');
    expect(chart.querySelectorAll('rect.gc-chart-down')).toHaveLength(1);
    expect(chart.querySelectorAll('rect.gc-chart-loss').length).toBeGreaterThan(
      5,
    );
    const failures = screen.getByText('Last lost probes').closest('section')!;
    expect(within(failures).getAllByRole('listitem')).toHaveLength(3);
    expect(failures).toHaveTextContent(
      /timeout · connect · 2,000 ms\s*No answer within 2 s\./,
    );
  });

  it.each<[string, { state: LinkState; loss: number; failures: number }]>([
    ['None was lost lately.', { state: 'normal', loss: 0, failures: 0 }],
    [UNTOLD, { state: 'down', loss: 0, failures: 0 }],
    [UNTOLD, { state: 'normal', loss: 0.01, failures: 0 }],
    [UNTOLD, { state: 'normal', loss: 0, failures: 3 }],
  ])(
    'says “%s” where no failure is told: %j',
    async (words, { state, loss, failures }) => {
      const api = make();
      const read = api.getLinkPair.bind(api);
      api.getLinkPair = async query => {
        const pair = await read(query);
        const cell = { ...pair.cells['1h'], state, loss };
        return {
          ...pair,
          failures: [],
          cells: { ...pair.cells, '1h': cell },
          points: pair.points.map(point => ({ ...point, failures })),
        };
      };
      await renderReleases('/links/gcp-prod-1/aws-prod-1', { api });
      const heading = await screen.findByText('Last lost probes');
      expect(heading.closest('section')).toHaveTextContent(words);
    },
  );

  it('says what the cluster says of it: gateway, trust, what is mirrored', async () => {
    await renderReleases('/links/aws-prod-1/gcp-prod-1', { api: make() });
    const gateway = await screen.findByText('Gateway', { selector: 'dt' });
    const facts = gateway.closest('section')!;
    expect(facts).toHaveTextContent('gateway.gcp-prod-1.example:4143');
    expect(facts).toHaveTextContent(/share no trust root after/);
    expect(facts).toHaveTextContent(/aws-prod-1: CN=root\S+, until/);
    expect(facts).toHaveTextContent('fx/fx-api-gcp-prod-1, which is fx/fx-api');
    expect(facts).toHaveTextContent(
      'Not mirrored: InvalidService. Service rates has no ports.',
    );
  });

  it('lists what fails of many mirrored services, and folds the others', async () => {
    const api = make();
    const read = api.getLinkPair.bind(api);
    api.getLinkPair = async query => {
      const pair = await read(query);
      const [well, failing] = pair.link!.mirrored;
      const many = [1, 2, 3, 4, 5, 6].map(i => ({ ...well, name: `fx-${i}` }));
      return { ...pair, link: { ...pair.link!, mirrored: [...many, failing] } };
    };
    await renderReleases('/links/aws-prod-1/gcp-prod-1', { api });
    const summary = await screen.findByText('6 services that are mirrored');
    expect(screen.getByText(/Not mirrored: Inv/)).toBeVisible();
    expect(screen.getByText(/fx\/fx-3, which/)).not.toBeVisible();
    await userEvent.click(summary);
    expect(screen.getByText(/fx\/fx-3, which/)).toBeVisible();
  });

  it('says so where the link isn’t watched', async () => {
    const api = make();
    const read = api.getLinkPair.bind(api);
    api.getLinkPair = async query => ({ ...(await read(query)), link: null });
    await renderReleases('/links/aws-prod-1/gcp-prod-1', { api });
    expect(
      await screen.findByText(/The cluster’s Link isn’t watched/),
    ).toBeInTheDocument();
  });

  it('marks on the time axis the releases that it lists, where the window has them', async () => {
    const PAIR = '/links/az-prod-1/gcp-prod-1';
    const find = async (path: string) => {
      const { unmount } = await renderReleases(path, { api: make() });
      await screen.findByText('Released about then');
      const marks = document.querySelectorAll('svg path.gc-chart-release');
      const found = [...marks]
        .filter(({ parentElement }) => parentElement!.closest('[role=slider]'))
        .map(mark => ({
          words: mark.querySelector('title')!.textContent,
          x: Number(/^M([\d.]+) /.exec(mark.getAttribute('d')!)![1]),
        }));
      const key = screen.queryByText('release', { exact: true });
      unmount();
      return { found, hasKey: key !== null };
    };
    const hour = await find(PAIR);
    expect(hour).toEqual({
      found: [
        {
          words: expect.stringMatching(/^fx\/fx-store-4 · prod · .*\d:\d\d/),
          x: expect.any(Number),
        },
      ],
      hasKey: true,
    });
    // 25 minutes of 60 before the end.
    expect(hour.found[0].x / (640 - 56)).toBeCloseTo(35 / 60, 2);
    const short = await find(`${PAIR}?win=5m`);
    expect(short).toEqual({ found: [], hasKey: false });
  });

  it('checks the entries that are called over it three times, and leads to their form', async () => {
    const api = make();
    const asked = jest.spyOn(api, 'getGatewayEntries');
    const { address, container } = await renderReleases(
      '/links/aws-prod-1/az-prod-1',
      { api },
    );
    const table = await screen.findByRole('table', {
      name: 'Entries of the gateway that are called over it',
    });
    expect(asked.mock.calls[0][0]).toEqual({
      squad: 'all',
      from: 'aws-prod-1',
      to: 'az-prod-1',
    });
    expect(
      within(table)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent!.trim()),
    ).toEqual([
      'line 3',
      'mirrored in aws-prod-1',
      expect.stringMatching(/^not well from aws-prod-1/),
      expect.stringMatching(/^Not well/),
    ]);
    await expectAccessible(container.querySelector('.gc-root')!);
    await userEvent.click(
      within(table).getByRole('button', { name: /^Remove access…/ }),
    );
    expect(address()).toBe(
      '/links/gateway?squad=all&remove=target+credit-bureau+az-prod-1',
    );
  });

  it('says of entries that there is none, or that they could not be read, or never were', async () => {
    const PAIR = '/links/gcp-prod-1/gcp-prod-2';
    const NONE = 'No entry of the gateway is called over it.';
    const api = make();
    const { unmount } = await renderReleases(PAIR, { api });
    expect(await screen.findByText(NONE)).toBeInTheDocument();
    unmount();
    const ask = api.getGatewayEntries.bind(api);
    api.getGatewayEntries = async query => ({
      ...(await ask(query)),
      revision: null,
      repository: {
        name: 'git.example:x',
        status: { state: 'forbidden', branch: 'main' },
      },
    });
    const { unmount: leave } = await renderReleases(PAIR, { api });
    expect(
      await screen.findByText(/^What is declared isn’t known/),
    ).toBeInTheDocument();
    expect(screen.queryByText(NONE)).toBeNull();
    leave();
    api.getGatewayEntries = async () => {
      throw new Error('down');
    };
    await renderReleases(PAIR, { api });
    expect(
      await screen.findByText('Entries of the gateway could not be read.'),
    ).toBeInTheDocument();
  });

  it('lists the calls that cross it, and stands without them', async () => {
    const api = make();
    const { unmount } = await renderReleases('/links/az-prod-1/gcp-prod-1', {
      api,
    });
    const table = await screen.findByRole('table', { name: /calls/i });
    expect(within(table).getAllByRole('rowheader')).toHaveLength(2);
    // That it is this link needn't be said of each.
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Caller → callee', 'Traffic', 'Known from']);
    expect(table).not.toHaveTextContent('az-prod-1 → gcp-prod-1');
    const released = screen.getByText('Released about then');
    expect(released.closest('section')).toHaveTextContent(
      /fx\/fx-store-4 prod .*25 minutes ago/,
    );
    unmount();
    api.getLinkCalls = async () => {
      throw new Error('down');
    };
    await renderReleases('/links/az-prod-1/gcp-prod-1', { api });
    expect(
      await screen.findByText('Which calls cross it could not be read.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('slider')).toBeInTheDocument();
  });

  it('shows the first of very many calls and lost probes, and all to who asks', async () => {
    const user = userEvent.setup();
    const api = make();
    const readCalls = api.getLinkCalls.bind(api);
    api.getLinkCalls = async query => {
      const answer = await readCalls(query);
      const calls = Array.from({ length: 152 }, (_, i) => ({
        ...answer.calls[0],
        callee: null,
        calleeName: `target-${i}`,
      }));
      return { ...answer, calls };
    };
    const readPair = api.getLinkPair.bind(api);
    api.getLinkPair = async query => {
      const pair = await readPair(query);
      const failures = Array.from({ length: 20 }, () => pair.failures[0]);
      return { ...pair, failures };
    };
    await renderReleases('/links/aws-prod-2/az-prod-1', { api });
    const table = await screen.findByRole('table', { name: /calls/i });
    const names = () => within(table).getAllByRole('rowheader');
    expect(names()).toHaveLength(20);
    await user.click(screen.getByRole('button', { name: 'Show all 152' }));
    expect(names()).toHaveLength(152);
    const fewer = screen.getByRole('button', { name: 'Show the first 20' });
    expect(fewer).toHaveFocus();
    await user.click(fewer);
    expect(names()).toHaveLength(20);
    const failures = screen.getByText('Last lost probes').closest('section')!;
    expect(within(failures).getAllByRole('listitem')).toHaveLength(6);
    await user.click(
      within(failures).getByRole('button', { name: 'Show all 20' }),
    );
    expect(within(failures).getAllByRole('listitem')).toHaveLength(20);
  });

  it('picks the window', async () => {
    const { address } = await renderReleases('/links/aws-prod-1/gcp-prod-1', {
      api: make(),
    });
    await screen.findByRole('slider');
    await userEvent.selectOptions(screen.getByLabelText('Window'), '24h');
    expect(address()).toBe('/links/aws-prod-1/gcp-prod-1?win=24h');
    expect(await screen.findByRole('slider')).toBeInTheDocument();
  });

  it('knows no other', async () => {
    await renderReleases('/links/aws-prod-1/moon', { api: make() });
    expect(
      await screen.findByText(
        'There is no link from aws-prod-1 to moon, or you may not see it.',
      ),
    ).toBeInTheDocument();
  });
});

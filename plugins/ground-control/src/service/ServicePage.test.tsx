import { ProblemQuery } from '@ground-control/backstage-plugin-ground-control-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { renderReleases } from '../__testUtils__/renderReleases';

const PATH = '/releases/services/ledger/ledger-api-0';

describe('service page', () => {
  it('shows how each environment stands in its clusters, unfolded where something is not well', async () => {
    await renderReleases('/releases/services/ledger/ledger-api-0', {
      api: new FixtureApi({ now: Date.now(), clusters: 'mixed' }),
    });
    const panelOf = async (name: string) =>
      (await screen.findByRole('heading', { name })).closest('li')!;
    const dev = await panelOf('dev');
    expect(dev).toHaveTextContent('gcp-dev-1');
    expect(dev.querySelector('details')).not.toHaveAttribute('open');
    const prod = await panelOf('prod');
    expect(prod.querySelector('details')).toHaveAttribute('open');
    expect(
      within(prod).getByRole('link', { name: 'az-prod-1' }),
    ).toHaveAttribute('href', '/releases/clusters/az-prod-1');
    expect(prod).toHaveTextContent(
      /Stale.*The cluster is not heard of: this is what it last reported/,
    );
  });

  it('shows facts, environments and links to tools', async () => {
    await renderReleases(PATH);
    expect(
      await screen.findByRole('heading', { name: 'ledger/ledger-api-0' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('The artifact names another squad: pay'),
    ).toBeInTheDocument();
    const prod = (await screen.findByRole('heading', { name: 'prod' })).closest(
      'li',
    )!;
    expect(within(prod).getByText('1 build behind staging')).toBeVisible();
    expect(
      within(
        within(prod).getByRole('list', {
          name: 'Tools for ledger-api-0 in prod',
        }),
      ).getByRole('link', { name: /Logs/ }),
    ).toHaveAttribute('href', 'https://logs.example.com/');
    await waitFor(() =>
      expect(document.title).toBe('ledger/ledger-api-0 · Releases'),
    );
  });

  it('tells the same build from another one that isn’t behind', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const getService = api.getService.bind(api);
    api.getService = async (...args) => {
      const detail = await getService(...args);
      const [dev, staging, prod] = detail.environments;
      return {
        ...detail,
        environments: [
          dev,
          staging,
          { ...prod, behind: 0, current: staging.current },
        ],
      };
    };
    await renderReleases(PATH, { api });
    expect(await screen.findByText('same build as staging')).toBeVisible();
    expect(screen.getByText('not behind dev')).toBeVisible();
  });

  it('shows what is wrong, where and since when', async () => {
    await renderReleases('/releases/services/ledger/ledger-api-40', {
      api: new FixtureApi({ now: Date.now(), services: 41 }),
    });
    expect(
      await screen.findByText(/artifact.json can’t be read/),
    ).toBeInTheDocument();
    expect(screen.getByText(/staging\/releases\/staging/)).toBeInTheDocument();
  });

  it('loads older releases, of one environment or of all', async () => {
    const { address } = await renderReleases(PATH);
    const ticks = () => screen.findAllByRole('checkbox');
    expect(await ticks()).toHaveLength(25);
    await userEvent.click(screen.getByRole('button', { name: 'Load older' }));
    await waitFor(async () => expect(await ticks()).toHaveLength(50));
    await userEvent.selectOptions(screen.getByLabelText('Environment'), 'prod');
    expect(address()).toBe(`${PATH}?env=prod`);
    await waitFor(async () => expect(await ticks()).toHaveLength(25));
    for (const tick of await ticks()) {
      expect(tick).toHaveAccessibleName(/in prod$/);
    }
  });

  it('tells intent, releaser, how long it stood, tests and scans', async () => {
    await renderReleases(PATH);
    const [first, , , fourth] = (await screen.findAllByRole('checkbox')).map(
      tick => tick.closest('li')!,
    );
    expect(first).toHaveTextContent(/released just now by Ana Ruiz/);
    expect(first).toHaveTextContent(/current/);
    expect(first).toHaveTextContent(/no test result in the artifact/);
    expect(fourth).toHaveTextContent(/auto-released/);
    expect(fourth).toHaveTextContent(/was current for 50 min/);
    expect(fourth.querySelector('[data-status=past]')).toBeInTheDocument();
    expect(
      fourth.parentElement!.querySelector('[data-status=stale]'),
    ).toBeNull();
    expect(fourth).toHaveTextContent(/tests: 412 passed, 0 failed, 3 skipped/);
    expect(
      within(fourth).getByRole('link', { name: /CI job/ }),
    ).toHaveAttribute('href', 'https://ci.example.com/ledger-api-0/997');
  });

  it.each([
    ['Squad Ledger', 'Squad Ledger'],
    [undefined, 'ledger'],
  ])('calls a squad of the title %s %s', async (squadTitle, name) => {
    const api = new FixtureApi({ now: Date.now() });
    const known = api.getService.bind(api);
    api.getService = async service => ({
      ...(await known(service)),
      squadTitle,
    });
    await renderReleases(PATH, { api });
    expect(await screen.findByRole('link', { name })).toHaveAttribute(
      'href',
      '/catalog/default/group/ledger',
    );
  });

  it('compares two ticked releases, and keeps them in the URL', async () => {
    const { address } = await renderReleases(PATH);
    const ticks = await screen.findAllByRole('checkbox');
    await userEvent.click(ticks[1]);
    expect(screen.getByText(/Tick another to compare/)).toBeInTheDocument();
    ticks[3].focus();
    await userEvent.keyboard('x');
    expect(address()).toBe(`${PATH}?from=staging%40999&to=dev%40997`);
    expect(await screen.findByText('Manifest difference')).toBeInTheDocument();
    expect(await screen.findByText(/memory: 768Mi/)).toBeInTheDocument();
    expect(screen.getByText(/3 files changed/)).toBeInTheDocument();
    expect(
      screen.getByText(/Values of secrets are hidden; some differ/),
    ).toBeInTheDocument();
    expect(screen.getByText('The file is not text.')).toBeInTheDocument();
    const region = screen.getByRole('region', {
      name: 'Difference of deployment.yaml',
    });
    expect(region).toHaveAttribute('tabindex', '0');
    const removed = within(region).getByText(/512Mi/).closest('tr')!;
    expect(removed).toHaveTextContent(/^12−/);

    await userEvent.click(screen.getByRole('button', { name: 'Swap sides' }));
    expect(address()).toBe(`${PATH}?from=dev%40997&to=staging%40999`);
    await userEvent.click(
      screen.getByRole('button', { name: 'Close comparison' }),
    );
    expect(address()).toBe(PATH);
  });

  it('opens a comparison of what is in two environments now', async () => {
    const { api } = await renderReleases(`${PATH}?from=prod&to=dev`);
    expect(await screen.findByText(/memory: 768Mi/)).toBeInTheDocument();
    const diff = jest.spyOn(api, 'getManifestDiff');
    await userEvent.click(screen.getByRole('button', { name: 'Swap sides' }));
    await waitFor(() => expect(diff).toHaveBeenCalled());
    expect(diff.mock.calls[0].slice(1, 3)).toEqual([
      { environment: 'dev', position: 1000 },
      { environment: 'prod', position: 998 },
    ]);
  });

  it('says that a service is not known', async () => {
    await renderReleases('/releases/services/-/nobody');
    expect(
      await screen.findByText(/There is no such thing, or you may not see it/),
    ).toBeInTheDocument();
  });
});

describe('activity', () => {
  it('says that a title is withheld, and why', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const all = api.getActivity.bind(api);
    api.getActivity = async query => {
      const page = await all(query);
      return { ...page, items: [{ ...page.items[0], title: '' }] };
    };
    await renderReleases('/releases/activity', { api });
    expect(
      await screen.findByText(
        'title withheld: the commit also touches services that you may not see',
      ),
    ).toBeInTheDocument();
  });

  it('says what is wrong that belongs to no service, a page at a time', async () => {
    const api = new FixtureApi();
    const since = '2026-11-20T09:00:00.000Z';
    const code = 'policy-invalid';
    const problem = (i: number) => ({
      code,
      message: `File ${i} is broken`,
      path: `policies/${i}.json`,
      since,
    });
    const asked: ProblemQuery[] = [];
    api.getProblems = async query => {
      asked.push(query);
      const from = Number(query.before ?? 0);
      const items = Array.from({ length: 10 }, (_, i) => problem(from + i));
      const page = { asOf: since, items, total: 1_020 };
      return from === 0 ? { ...page, next: '10' } : page;
    };
    await renderReleases('/releases/activity', { api });
    expect(await screen.findByText('File 9 is broken')).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Problems (1,020)' }),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Load older problems' }),
    );
    expect(await screen.findByText('File 19 is broken')).toBeInTheDocument();
    expect(screen.getByText('File 0 is broken')).toBeInTheDocument();
    expect(screen.getByText('No older problems.')).toBeVisible();
    expect(asked[0]).toEqual({ of: 'repository', limit: 10 });
    expect(asked).toContainEqual({
      of: 'repository',
      before: '10',
      limit: 10,
    });
  });

  it('draws all kinds without colour: they are facts', async () => {
    await renderReleases('/releases/activity');
    await screen.findAllByText(/by CI$/);
    const glyphs = document.querySelectorAll('[data-kind]');
    expect(glyphs.length).toBeGreaterThan(40);
    glyphs.forEach(glyph => expect(glyph).toHaveClass('gc-quiet'));
  });

  it('lists commits by day, and marks what only looks like a release', async () => {
    await renderReleases('/releases/activity');
    await screen.findAllByText(/by CI$/);
    expect(screen.getAllByRole('heading', { level: 3 }).length).toBeGreaterThan(
      1,
    );
    expect(screen.getAllByText('Policy').length).toBeGreaterThan(1);
    expect(screen.getByText(/only looks like a release/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Load older' }));
    await waitFor(() =>
      expect(screen.getAllByText(/by CI$/).length).toBeGreaterThan(90),
    );
  });

  it('filters by kind, squad, environment and text, in the URL', async () => {
    const { address, api } = await renderReleases('/releases/activity');
    await screen.findAllByText(/by CI$/);
    const ask = jest.spyOn(api, 'getActivity');
    await userEvent.click(screen.getByLabelText('Policy'));
    await userEvent.selectOptions(screen.getByLabelText('Squad'), 'mine');
    await userEvent.selectOptions(screen.getByLabelText('Environment'), 'prod');
    await userEvent.type(screen.getByLabelText('Filter'), 'zz');
    expect(await screen.findByText('No commit matches.')).toBeInTheDocument();
    expect(new URL(address(), 'http://x').search).toBe(
      '?kind=policy&squad=mine&env=prod&q=zz',
    );
    expect(ask.mock.calls[ask.mock.calls.length - 1][0]).toMatchObject({
      kinds: ['policy'],
      squad: 'mine',
      environments: ['prod'],
      text: 'zz',
    });
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect((await screen.findAllByText(/by CI$/)).length).toBeGreaterThan(40);
  });
});

describe('where is my commit', () => {
  it('finds where a commit is, was and never was', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const { address } = await renderReleases('/releases/find', { api });
    const field = await screen.findByLabelText(/Commit, pull request/);
    expect(field).toHaveFocus();
    const commit = api.board.rows[0].cells[0].commit!;
    await userEvent.type(field, `${commit}{Enter}`);
    expect(address()).toBe(`/releases/find?q=${commit}`);
    const places = await screen.findByRole('list', { name: /Environments of/ });
    expect(
      within(places)
        .getAllByRole('listitem')
        .map(place => place.textContent),
    ).toEqual([
      expect.stringMatching(/^dev there now, since Nov 20, 2026/),
      expect.stringMatching(
        /^staging was there from .* until .* · now there: /,
      ),
      'prod never there',
    ]);
  });

  it.each([
    ['abcdef0', /No artifact of “abcdef0” is known/],
    ['what?', /No artifact of “what\?” is known/],
    ['my commit', /“my commit” is neither a commit/],
  ])('says what became of “%s”', async (q, text) => {
    await renderReleases(`/releases/find?q=${encodeURIComponent(q)}`);
    expect(await screen.findByText(text)).toBeInTheDocument();
  });
});

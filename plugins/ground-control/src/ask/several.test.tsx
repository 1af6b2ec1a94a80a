import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';
import { AskFixtureApi, makeArtifact } from './__testUtils__/AskFixtureApi';

giveElementsHeight(720);

const sheetOf = (name: string | RegExp) =>
  screen.findByRole('dialog', { name });

describe('several services', () => {
  // By role each look costs seconds on a page of many rows.
  const tick = (count: number) =>
    [...document.querySelectorAll<HTMLElement>('.gc-row-tick')]
      .slice(0, count)
      .forEach(box => fireEvent.click(box));

  async function select(
    count: number,
    api = new AskFixtureApi({ mine: [], services: 4 }),
  ) {
    const page = await renderReleases('/releases/board?group=none&sort=name', {
      api,
    });
    fireEvent.click(await screen.findByText('Select services'));
    tick(count);
    return { ...page, api };
  }

  it('are promoted with one list of what it would come to', async () => {
    const given = new AskFixtureApi({ mine: [], services: 4 });
    given.preview = { supersedes: ['REQ-7'] };
    const { api } = await select(3, given);
    expect(screen.getAllByLabelText(/^Select \w+\//)).toHaveLength(4);
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote 3 services to prod…' }),
    );
    const sheet = await sheetOf('Promote 3 services to prod');
    const items = () => within(sheet).findAllByRole('listitem');
    expect(
      (await items()).filter(item =>
        /1111111.*2 changes.*It takes the place of REQ-7\./.test(
          item.textContent!,
        ),
      ),
    ).toHaveLength(3);
    await userEvent.click(
      within(sheet).getAllByRole('button', { name: /^Take out \w+/ })[0],
    );
    const button = await screen.findByRole('button', { name: 'Ask for all 2' });
    await waitFor(() =>
      expect(button).toHaveAttribute('aria-disabled', 'false'),
    );
    await userEvent.type(
      within(sheet).getByLabelText('Why (optional)'),
      'Together',
    );
    await userEvent.click(button);
    expect(await screen.findAllByRole('link', { name: /REQ-/ })).toHaveLength(
      2,
    );
    expect(api.askedFor).toMatchObject([
      {
        reason: 'Together',
        wishes: [
          { environment: 'prod', intent: 'promote' },
          { environment: 'prod', intent: 'promote' },
        ],
      },
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryAllByRole('checkbox')).toEqual([]);
  });

  it('say of each why not all is well, who decides, and what changes', async () => {
    await select(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote 2 services to prod…' }),
    );
    const sheet = within(await sheetOf('Promote 2 services to prod'));
    const reasons = await sheet.findAllByRole('list', {
      name: 'Why not all is well',
    });
    expect(reasons.map(({ textContent }) => textContent!.trim())).toEqual(
      Array(2).fill(
        'Soaked 20 min It ran for 20 min in staging, and 30 min are wanted.',
      ),
    );
    expect(sheet.getAllByText('Dee Park and eli.voss can.')).toHaveLength(2);
    const [first, second] = sheet.getAllByText(/^1 manifest changed/);
    for (const fold of [first, second]) {
      const details = fold.closest('details')!;
      expect(details.open).toBe(false);
      await userEvent.click(fold);
      expect(details.open).toBe(true);
    }
    // Two of one name could not be told apart.
    const regions = sheet.getAllByRole('region', { name: /^Difference of/ });
    expect(
      new Set(regions.map(region => region.getAttribute('aria-label'))).size,
    ).toBe(2);
    await expectAccessible(screen.getByRole('dialog'));
  });

  it('are released as the newest of a branch, the main one to begin with', async () => {
    const { api } = await select(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Newest of a branch…' }),
    );
    const sheet = within(await sheetOf('Release 2 services to prod'));
    const field = sheet.getByLabelText('The newest build of a branch');
    expect(field).toHaveValue('master');
    await screen.findByRole('button', { name: 'Ask for all 2' });
    await userEvent.clear(field);
    expect(
      screen.getByRole('button', { name: /^Ask for/ }),
    ).toHaveAccessibleDescription('Choose what to release.');
    await userEvent.type(field, 'hotfix');
    const button = screen.getByRole('button', { name: 'Ask for all 2' });
    await waitFor(() =>
      expect(button).toHaveAttribute('aria-disabled', 'false'),
    );
    await userEvent.click(button);
    await screen.findAllByRole('link', { name: /REQ-/ });
    const wish = {
      environment: 'prod',
      intent: 'release-branch',
      branch: 'hotfix',
    };
    expect(api.askedFor[0].wishes).toMatchObject([wish, wish]);
    // Who types a name asks once for it, and never for half of it.
    expect(
      api.wished.flat().map(one => 'branch' in one && one.branch),
    ).not.toContain('hotf');
  });

  it.each([
    [false, undefined],
    [true, 24],
  ])(
    'are rolled back, and their auto-releases paused at the same time: %s',
    async (pause, hours) => {
      const api = new AskFixtureApi({ mine: [], services: 3 });
      api.preview = { autoReleaseOf: 'master' };
      await select(2, api);
      await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }));
      const sheet = within(await sheetOf('Roll back 2 services in prod'));
      const box = await sheet.findByLabelText('Pause auto-release for 24 h');
      expect(box).not.toBeChecked();
      if (pause) await userEvent.click(box);
      const all = screen.getByRole('button', { name: 'Ask for all 2' });
      await waitFor(() =>
        expect(all).toHaveAttribute('aria-disabled', 'false'),
      );
      await userEvent.click(all);
      await screen.findAllByRole('link', { name: /REQ-/ });
      expect(api.askedFor[0].pauseAutoReleaseHours).toBe(hours);
    },
  );

  it('wait, each of them, where a block has to be gone over', async () => {
    const api = new AskFixtureApi({ mine: [], services: 3 });
    api.preview = {
      requirement: { approvals: 0, platform: false, reason: 'Healthy before.' },
      waitsFor: 'override',
      deciders: [],
    };
    await select(2, api);
    await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }));
    const sheet = within(await sheetOf('Roll back 2 services in prod'));
    expect(await sheet.findAllByText(/has to go over the block/)).toHaveLength(
      2,
    );
    expect(
      sheet.getByRole('button', { name: 'Ask for all 2' }),
    ).toHaveAttribute('aria-disabled', 'false');
    expect(sheet.queryByText(/it goes out at once/)).toBeNull();
  });

  it('are rolled back, each to its last release that stayed healthy', async () => {
    const api = new AskFixtureApi({ mine: [], services: 4 });
    const choices = api.getReleaseChoices.bind(api);
    const calls: string[] = [];
    api.getReleaseChoices = async (ref, environment) => {
      calls.push(ref.name);
      const given = await choices(ref, environment);
      return calls[0] === ref.name
        ? { ...given, rollbacks: [api.rollbackOf(8, { healthyForSeconds: 0 })] }
        : given;
    };
    api.preview = { autoReleaseOf: 'master' };
    await select(3, api);
    await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }));
    const sheet = within(await sheetOf('Roll back 3 services in prod'));
    const unknown = await sheet.findByText(
      /There is no earlier release that could be chosen for you/,
    );
    const button = screen.getByRole('button', { name: 'Ask for all 3' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(sheet.getAllByText(/The next merge to master/)).toHaveLength(2);
    await userEvent.click(
      within(unknown.closest('li')!).getByRole('button', { name: /^Take out/ }),
    );
    const rest = await screen.findByRole('button', { name: 'Ask for all 2' });
    await waitFor(() => expect(rest).toHaveAttribute('aria-disabled', 'false'));
    await userEvent.click(rest);
    await screen.findAllByRole('link', { name: /REQ-/ });
    const wish = {
      environment: 'prod',
      intent: 'rollback',
      position: 107,
      revision: '7'.repeat(40),
    };
    expect(api.askedFor[0].wishes).toMatchObject([wish, wish]);
  });

  it('are asked for all or none: one that can’t be is named', async () => {
    const api = new AskFixtureApi({ mine: [], services: 4 });
    const preview = api.previewRequests.bind(api);
    api.previewRequests = async wishes =>
      (await preview(wishes)).map((one, i) =>
        i === 1
          ? {
              ...one,
              ask: { allowed: false, code: 'x', message: 'Already in prod.' },
            }
          : one,
      );
    await select(2, api);
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote 2 services to prod…' }),
    );
    expect(await screen.findByText('Already in prod.')).toBeInTheDocument();
    const button = screen.getByRole('button', { name: 'Ask for all 2' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription(/1 of them can’t be asked for/);
    await userEvent.click(button);
    expect(api.askedFor).toEqual([]);
  });

  it('have to be ticked first, and are at most twenty', async () => {
    await select(0, new AskFixtureApi({ mine: [], services: 22 }));
    const none = screen.getByText('Promote 0 services to prod…');
    expect(none).toHaveAttribute('aria-disabled', 'true');
    expect(none).toHaveAccessibleDescription('Tick services in the list.');
    tick(21);
    const many = screen.getByText('Promote 21 services to prod…');
    expect(many).toHaveAccessibleDescription(/At most 20 at once/);
    await userEvent.click(many);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  const rows = () =>
    screen
      .getAllByText('Take out')
      .map(button => within(button.closest('li')!));

  it('are asked for with another build of one of them', async () => {
    const { api } = await select(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote 2 services to prod…' }),
    );
    const sheet = within(await sheetOf('Promote 2 services to prod'));
    await sheet.findAllByText(/^1 manifest changed/);
    const [other, row] = rows();
    await userEvent.click(row.getByText(/^Choose otherwise/));
    const builds = await row.findAllByRole('radio');
    const chosen = row.getByRole('radio', { checked: true });
    expect(chosen.closest('label')).toHaveTextContent('What staging runs');
    await userEvent.click(row.getByText(/^Another build \(/));
    const build = row
      .getAllByText('Try another index')
      .map(text => text.closest('label')!)
      .find(label => within(label).queryByRole('radio'))!;
    const ask = screen.getByRole('button', { name: 'Ask for all 2' });
    await userEvent.click(build);
    // Nothing is sent that wasn't judged, and the other row stays as it is.
    expect(ask).toHaveAttribute('aria-disabled', 'true');
    expect(row.queryByText(/^1 manifest changed/)).toBeNull();
    expect(row.getByText('It is being judged.')).toBeInTheDocument();
    expect(other.getByText(/^1 manifest changed/)).toBeInTheDocument();
    expect(row.getAllByRole('radio')).toHaveLength(builds.length);
    await waitFor(() => expect(ask).toHaveAttribute('aria-disabled', 'false'));
    expect(within(build).getByRole('radio')).toBeChecked();
    await expectAccessible(screen.getByRole('dialog'));
    await userEvent.click(ask);
    await screen.findAllByRole('link', { name: /REQ-/ });
    const [promoted, chosenOne] = api.askedFor[0].wishes;
    expect(promoted.intent).toBe('promote');
    expect(chosenOne).toMatchObject({
      environment: 'prod',
      intent: 'release-artifact',
      artifactId: makeArtifact(3).id,
    });
    expect(chosenOne.service).not.toEqual(promoted.service);
  });

  it('are asked for with the newest of any branch of one of them', async () => {
    const { api } = await select(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote 2 services to prod…' }),
    );
    await sheetOf('Promote 2 services to prod');
    const [row] = rows();
    await userEvent.click(row.getByText(/^Choose otherwise/));
    await userEvent.click(await row.findByText('The newest build of a branch'));
    const field = await row.findByLabelText('Branch');
    await userEvent.clear(field);
    // The others are judged still.
    await userEvent.type(field, 'old/one');
    const ask = screen.getByRole('button', { name: 'Ask for all 2' });
    await waitFor(() => expect(ask).toHaveAttribute('aria-disabled', 'false'));
    await userEvent.click(ask);
    await screen.findAllByRole('link', { name: /REQ-/ });
    expect(api.askedFor[0].wishes).toMatchObject([
      { intent: 'release-branch', branch: 'old/one' },
      { intent: 'promote' },
    ]);
    expect(
      api.wished.flat().filter(wish => 'branch' in wish && !wish.branch),
    ).toEqual([]);
  });

  it('are rolled back, one of them to another state than is chosen for it', async () => {
    const { api } = await select(2);
    await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }));
    const sheet = within(await sheetOf('Roll back 2 services in prod'));
    await sheet.findAllByText(/^1 manifest changed/);
    const [row] = rows();
    await userEvent.click(row.getByText(/^Choose otherwise/));
    const states = await row.findAllByRole('radio');
    expect(states.map(state => (state as HTMLInputElement).checked)).toEqual([
      false,
      true,
      false,
    ]);
    await userEvent.click(states[2]);
    const ask = screen.getByRole('button', { name: 'Ask for all 2' });
    await waitFor(() => expect(ask).toHaveAttribute('aria-disabled', 'false'));
    await userEvent.click(ask);
    await screen.findAllByRole('link', { name: /REQ-/ });
    expect(api.askedFor[0].wishes).toMatchObject([
      { intent: 'rollback', position: 106, revision: '6'.repeat(40) },
      { intent: 'rollback', position: 107, revision: '7'.repeat(40) },
    ]);
  });

  it('can have a state chosen where none could be', async () => {
    const api = new AskFixtureApi({ mine: [], services: 4 });
    api.choices = { rollbacks: [api.rollbackOf(8, { healthyForSeconds: 0 })] };
    await select(1, api);
    await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }));
    const sheet = within(await sheetOf('Roll back 1 service in prod'));
    // In its row, and beside the button.
    expect(
      await sheet.findAllByText(/^There is no earlier release/),
    ).toHaveLength(2);
    await userEvent.click(sheet.getByText(/^Choose otherwise/));
    const state = await sheet.findByRole('radio');
    expect(state).not.toBeChecked();
    await userEvent.click(state);
    const ask = screen.getByRole('button', { name: 'Ask for 1' });
    await waitFor(() => expect(ask).toHaveAttribute('aria-disabled', 'false'));
    await userEvent.click(ask);
    await screen.findAllByRole('link', { name: /REQ-/ });
    expect(api.askedFor[0].wishes).toMatchObject([{ position: 108 }]);
  });
});

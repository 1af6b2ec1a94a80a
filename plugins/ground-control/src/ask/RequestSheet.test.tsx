import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderReleases } from '../__testUtils__/renderReleases';
import {
  AskFixtureApi,
  makeArtifact,
  makeCandidate,
} from './__testUtils__/AskFixtureApi';

const PAGE = '/releases/services/ledger/ledger-api-0';
const service = { namespace: 'ledger', name: 'ledger-api-0' };

async function openForm(api = new AskFixtureApi(), environment = 'prod') {
  const page = await renderReleases(`${PAGE}?ask=${environment}`, { api });
  const sheet = await screen.findByRole('dialog', {
    name: 'Release ledger/ledger-api-0',
  });
  return { ...page, api, sheet: within(sheet) };
}

const refusal = (statusCode: number, message: string) =>
  Object.assign(new Error(message), { statusCode });

const askButton = () =>
  screen.findByRole('button', { name: 'Ask for approval' });

/** The button, once it has been judged whether it may be pressed. */
async function readyButton(name = 'Ask for approval') {
  await waitFor(() =>
    expect(screen.getByRole('button', { name })).toHaveAttribute(
      'aria-disabled',
      'false',
    ),
  );
  return screen.getByRole('button', { name });
}

async function expectOff(sentence: string | RegExp) {
  const button = await askButton();
  await waitFor(() => expect(button).toHaveAccessibleDescription(sentence));
  expect(button).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(button);
}

/** What the previews say that would be released. */
const SHOWN = 'master-1111111111-1111111111';

describe('a release is requested', () => {
  it('in two clicks: what the environment before runs is chosen already', async () => {
    const { api, sheet, address } = await openForm();
    const promote = await sheet.findByRole('radio', {
      name: /What staging runs/,
    });
    expect(promote).toBeChecked();
    await userEvent.click(await readyButton());
    expect(api.askedFor).toEqual([
      {
        wishes: [
          {
            service,
            environment: 'prod',
            intent: 'promote',
            artifactId: SHOWN,
          },
        ],
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    const link = await screen.findByRole('link', { name: 'REQ-1042' });
    expect(link).toHaveAttribute('href', '/releases/requests/REQ-1042');
    expect(address()).toBe(`${PAGE}?ask=prod`);
  });

  it('shows before what it would come to', async () => {
    const { sheet, api } = await openForm();
    await readyButton();
    expect(api.wished).toEqual([
      [{ service, environment: 'prod', intent: 'promote' }],
    ]);
    expect(sheet.getByText(/Branch master/)).toBeInTheDocument();
    expect(sheet.getByText(/Soaked 20 min/)).toBeInTheDocument();
    expect(sheet.getByText('Fix rounding')).toBeInTheDocument();
    expect(sheet.getByText(/prod asks for one lead/)).toHaveTextContent(
      'Dee Park and eli.voss can.',
    );
    const difference = sheet.getByText(/1 manifest changed/);
    expect(difference).toHaveTextContent('+3 −2');
    expect(sheet.getByText('new: 2')).not.toBeVisible();
    await userEvent.click(difference);
    expect(sheet.getByText('new: 2')).toBeVisible();
    expect(sheet.getByText(/aws-prod-1 and az-prod-1/)).toBeInTheDocument();
  });

  it('says which requests it takes the place of, and when nobody can decide', async () => {
    const api = new AskFixtureApi();
    api.preview = { supersedes: ['REQ-7', 'REQ-9'], deciders: [] };
    const { sheet } = await openForm(api);
    expect(
      await sheet.findByText('It takes the place of REQ-7 and REQ-9.'),
    ).toBeInTheDocument();
    expect(
      sheet.getByText(/^Nobody can: nobody else leads the squad/),
    ).toBeInTheDocument();
  });

  it.each([
    [false, 'Nobody else leads the squad, so platform engineers are asked'],
    [true, 'Pat Moss can'],
  ])(
    'says who is asked where platform engineers decide; needed: %s',
    async (platform, says) => {
      const api = new AskFixtureApi();
      api.preview = {
        requirement: { approvals: 1, platform, reason: 'prod asks.' },
        deciders: [
          {
            entityRef: 'user:default/pat.moss',
            name: 'Pat Moss',
            role: 'platform',
          },
        ],
      };
      const { sheet } = await openForm(api);
      const sentence = await sheet.findByText(/Pat Moss can\.$/, {
        selector: 'span',
      });
      expect(sentence.textContent?.startsWith(says)).toBe(true);
    },
  );

  it('goes out at once where nobody has to decide, and says so', async () => {
    const api = new AskFixtureApi();
    api.preview = {
      requirement: {
        approvals: 0,
        platform: false,
        reason: 'dev asks for none.',
      },
      waitsFor: 'nobody',
    };
    await openForm(api, 'dev');
    await readyButton('Release now');
    expect(screen.getByText(/it goes out at once/)).toBeInTheDocument();
    expect(screen.getByText(/dev asks for none/)).toBeInTheDocument();
    expect(
      screen.getByRole('radio', { name: /The newest build recommended/ }),
    ).toBeChecked();
  });

  it('waits where nobody has to decide and a block has to be gone over, and says so', async () => {
    const api = new AskFixtureApi();
    api.preview = {
      requirement: {
        approvals: 0,
        platform: false,
        reason: 'dev asks for none.',
      },
      waitsFor: 'override',
      deciders: [],
    };
    await openForm(api, 'dev');
    await readyButton('Ask for approval');
    expect(
      screen.getByText(/any squad, or a platform engineer, has to go over/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/it goes out at once/)).toBeNull();
    expect(screen.queryByText(/Nobody who may decide is known/)).toBeNull();
  });

  it('of any build, found by its branch, author or message', async () => {
    const { sheet, api } = await openForm();
    await userEvent.click(await sheet.findByText('Another build (3)'));
    await userEvent.type(sheet.getByLabelText('Search builds'), 'index');
    const found = await sheet.findByRole('radio', { name: /3333333 feature/ });
    expect(sheet.queryByRole('radio', { name: /2222222/ })).toBeNull();
    await userEvent.click(found);
    await userEvent.click(await readyButton());
    expect(api.askedFor[0].wishes).toEqual([
      {
        service,
        environment: 'prod',
        intent: 'release-artifact',
        artifactId: makeArtifact(3).id,
      },
    ]);
  });

  it('of no build whose files are gone, and says so', async () => {
    const { sheet } = await openForm();
    await userEvent.click(await sheet.findByText('Another build (3)'));
    const gone = sheet.getByRole('radio', { name: /no longer stored/ });
    expect(gone).toBeDisabled();
    await userEvent.type(sheet.getByLabelText('Search builds'), 'xyz');
    expect(sheet.getByText('No build matches.')).toBeInTheDocument();
  });

  it('tells tests and vulnerabilities of each build, and what is not known', async () => {
    const api = new AskFixtureApi();
    api.choices = {
      candidates: [
        makeCandidate(4, {
          artifact: {
            tests: { passed: 1, failed: 2, skipped: 0 },
            vulnerabilities: {
              code: { high: 1, medium: 0, low: 0 },
              image: { high: 2, medium: 0, low: 0 },
            },
          },
        }),
        makeCandidate(5, {
          artifact: { tests: undefined, vulnerabilities: undefined },
        }),
        makeCandidate(6, {
          artifact: {
            vulnerabilities: {
              code: { high: 0, medium: 3, low: 0 },
              image: { high: 0, medium: 4, low: 9 },
            },
          },
        }),
        makeCandidate(7, {
          artifact: {
            vulnerabilities: { image: { high: 0, medium: 0, low: 9 } },
          },
        }),
      ],
    };
    const { sheet } = await openForm(api);
    expect(
      await sheet.findByRole('radio', {
        name: /4444444 .*2 tests failed 3 high vulnerabilities/,
      }),
    ).toBeInTheDocument();
    expect(
      sheet.getByRole('radio', { name: /5555555 .*no test result ?no scan/ }),
    ).toBeInTheDocument();
    expect(
      sheet.getByRole('radio', {
        name: /6666666 .* 0 high, 7 medium vulnerabilities/,
      }),
    ).toBeInTheDocument();
    expect(
      sheet.getByRole('radio', { name: /7777777 .* no high vulnerability/ }),
    ).toBeInTheDocument();
  });

  it('of the newest build of any branch, and says which build that is', async () => {
    const given = new AskFixtureApi();
    given.preview = {
      artifact: makeArtifact(8, {
        branch: 'release/2024',
        message: 'Mend the interest',
      }),
    };
    const { sheet, api } = await openForm(given);
    await userEvent.click(
      await sheet.findByRole('radio', { name: 'The newest build of a branch' }),
    );
    const field = sheet.getByLabelText('Branch');
    expect(field).toHaveValue('master');
    expect(
      [...field.parentElement!.querySelectorAll('option')].map(
        ({ value }) => value,
      ),
    ).toEqual(['master']);
    await userEvent.clear(field);
    await expectOff('Choose what to release.');
    expect(
      sheet.getByText(/^Choose what to release to see/),
    ).toBeInTheDocument();
    await userEvent.type(field, ' release/2024');
    const button = await readyButton();
    const preview = within(
      sheet.getByRole('region', { name: 'What you ask for' }),
    );
    expect(preview.getByText('8888888')).toHaveAttribute(
      'title',
      makeArtifact(8).id,
    );
    expect(preview.getByText(/Mend the interest/)).toHaveTextContent('Bo Lind');
    expect(preview.getByText('412 tests passed')).toBeInTheDocument();
    await userEvent.click(button);
    expect(api.askedFor[0].wishes).toEqual([
      {
        service,
        environment: 'prod',
        intent: 'release-branch',
        branch: 'release/2024',
        artifactId: SHOWN,
      },
    ]);
  });

  it('to another environment, with what was said of it kept', async () => {
    const { sheet, api, address } = await openForm();
    await userEvent.type(
      await sheet.findByLabelText('Why (optional)'),
      ' For the audit ',
    );
    await userEvent.selectOptions(sheet.getByLabelText('To'), 'staging');
    expect(address()).toBe(`${PAGE}?ask=staging`);
    expect(
      await sheet.findByRole('radio', { name: /What dev runs/ }),
    ).toBeChecked();
    await userEvent.click(await readyButton());
    expect(api.askedFor).toMatchObject([
      {
        reason: 'For the audit',
        wishes: [{ environment: 'staging', intent: 'promote' }],
      },
    ]);
  });
});

describe('a release can’t be requested', () => {
  it('while it is loaded and judged', async () => {
    const api = new AskFixtureApi();
    let answer = () => {};
    const previewed = api.previewRequests.bind(api);
    api.previewRequests = async wishes => {
      await new Promise<void>(resolve => {
        answer = resolve;
      });
      return previewed(wishes);
    };
    await openForm(api);
    await expectOff('It is being judged.');
    expect(document.querySelector('[aria-busy=true]')).not.toBeNull();
    await act(async () => answer());
    await readyButton();
    expect(api.askedFor).toEqual([]);
  });

  it('says where a service that skips an environment is promoted from', async () => {
    const api = new AskFixtureApi();
    api.choices = { promotesFrom: 'dev' };
    const { sheet } = await openForm(api);
    expect(
      await sheet.findByRole('radio', { name: /What dev runs/ }),
    ).toBeChecked();
  });

  it('where nothing can be promoted, until something is chosen', async () => {
    const api = new AskFixtureApi();
    api.choices = { candidates: [makeCandidate(3)] };
    const { sheet } = await openForm(api);
    expect(
      await sheet.findByText(/staging runs nothing that could be promoted/),
    ).toBeInTheDocument();
    await expectOff('Choose what to release.');
    await userEvent.click(sheet.getByRole('radio', { name: /3333333/ }));
    await readyButton();
    expect(api.wished).toHaveLength(1);
    expect(api.askedFor).toEqual([]);
  });

  it('where no build is known', async () => {
    const api = new AskFixtureApi();
    api.choices = { candidates: [], branches: [], current: undefined };
    const { sheet } = await openForm(api);
    expect(
      await sheet.findByText(/No build of ledger-api-0 is known/),
    ).toBeInTheDocument();
    expect(sheet.getByText('Nothing is released to prod.')).toBeVisible();
    expect(api.wished).toEqual([]);
  });

  it.each([
    ['already-there', 'Already in prod since 11:40. Nothing to release.'],
    [
      'blocked',
      'Blocked: branch feature/x may not go to prod. Rule branch-restriction-prod allows ^master$.',
    ],
  ])('where the wish is refused: %s', async (code, message) => {
    const api = new AskFixtureApi();
    api.preview = { ask: { allowed: false, code, message } };
    await openForm(api);
    await expectOff(message);
    expect(api.askedFor).toEqual([]);
  });

  it.each([
    [
      'permission',
      'The permission ground-control.request.create is missing. Ask a platform engineer.',
    ],
    ['not-configured', 'The portal may not write to the config repository.'],
    ['not-a-person', 'Only a signed-in person can ask for a release.'],
  ])('where the reader may not: %s', async (code, message) => {
    const api = new AskFixtureApi();
    api.choices = { ask: { allowed: false, code, message } };
    await openForm(api);
    await expectOff(message);
    expect(api.askedFor).toEqual([]);
  });

  it('unseen, where the preview fails; it can be tried again', async () => {
    const api = new AskFixtureApi();
    const previewed = api.previewRequests.bind(api);
    api.previewRequests = async () => {
      throw refusal(503, 'The artifact store is away');
    };
    const { sheet } = await openForm(api);
    const alert = await sheet.findByRole('alert');
    expect(alert).toHaveTextContent(
      /could not be judged.*The artifact store is away/,
    );
    await expectOff('It could not be judged. Try again.');
    api.previewRequests = previewed;
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    await readyButton();
    expect(api.askedFor).toEqual([]);
  });

  it('where what can be chosen fails to load, or may not be seen', async () => {
    const api = new AskFixtureApi();
    api.getReleaseChoices = async () => {
      throw refusal(404, 'No such service');
    };
    const { sheet } = await openForm(api);
    expect(await sheet.findByRole('alert')).toHaveTextContent(
      'There is no such thing, or you may not see it.',
    );
    expect(
      screen.queryByRole('button', { name: 'Ask for approval' }),
    ).toBeNull();
  });

  it('to an environment that the service hasn’t got', async () => {
    const { sheet, address } = await openForm(new AskFixtureApi(), 'qa');
    expect(sheet.getByText(/has no such environment/)).toBeInTheDocument();
    await userEvent.selectOptions(sheet.getByLabelText('To'), 'dev');
    expect(address()).toBe(`${PAGE}?ask=dev`);
  });
});

describe('a request that is sent', () => {
  it('is one, however often the button is pressed', async () => {
    const { api } = await openForm();
    let answer = () => {};
    const ask = api.askForReleases.bind(api);
    api.askForReleases = async form => {
      await new Promise<void>(resolve => {
        answer = resolve;
      });
      return ask(form);
    };
    await userEvent.dblClick(await readyButton());
    const busy = await screen.findByRole('button', { name: 'Asking' });
    expect(busy).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(busy);
    await act(async () => answer());
    await screen.findByRole('link', { name: 'REQ-1042' });
    expect(api.askedFor).toHaveLength(1);
  });

  it.each([
    [
      409,
      'prod changed while you were reading: Bo released 77ce012.',
      /^Not asked\..*77ce012\..*Nothing changed/,
    ],
    [403, 'The permission a.b is missing', /Ask a platform engineer for the/],
    [503, 'away', /not known whether it arrived.*counts once/],
  ])(
    'and refused with %s keeps what was chosen, and its key',
    async (status, message, said) => {
      const { api, sheet } = await openForm();
      const keys: string[] = [];
      const ask = api.askForReleases.bind(api);
      api.askForReleases = async form => {
        keys.push(form.idempotencyKey);
        if (keys.length < 3) throw refusal(status, message);
        return ask(form);
      };
      await userEvent.click(
        await sheet.findByRole('radio', {
          name: 'The newest build of a branch',
        }),
      );
      await userEvent.type(sheet.getByLabelText('Why (optional)'), 'Because');
      await userEvent.click(await readyButton());
      expect(await sheet.findByRole('alert')).toHaveTextContent(said);
      expect(sheet.getByLabelText('Why (optional)')).toHaveValue('Because');
      expect(
        sheet.getByRole('radio', { name: 'The newest build of a branch' }),
      ).toBeChecked();
      await userEvent.click(await readyButton());
      await sheet.findByRole('alert');
      // Something else is another request.
      await userEvent.type(sheet.getByLabelText('Why (optional)'), ' of it');
      await userEvent.click(await readyButton());
      await screen.findByRole('link', { name: 'REQ-1042' });
      expect(keys[1]).toBe(keys[0]);
      expect(keys[2]).not.toBe(keys[0]);
    },
  );

  it('doesn’t say that it runs everywhere where it was replaced', async () => {
    const { api, sheet, signal } = await openForm();
    await userEvent.click(await readyButton());
    await sheet.findByText(/can decide/);
    api.requests[0] = {
      ...api.requests[0],
      state: 'succeeded',
      code: 'replaced',
      clusters: [{ cluster: 'aws-prod-1', state: 'waiting', since: '' }],
    };
    act(() => signal(1, 'requests'));
    expect(await screen.findByText(/^Replaced\./)).toBeInTheDocument();
  });

  it('is followed in the sheet until it runs', async () => {
    const { api, sheet, signal } = await openForm();
    await userEvent.click(await readyButton());
    expect(
      await sheet.findByText(/Dee Park and eli.voss can decide/),
    ).toBeInTheDocument();
    expect(sheet.getByRole('heading', { level: 2 })).toHaveFocus();
    const running = {
      cluster: 'aws-prod-1',
      state: 'running' as const,
      since: '',
    };
    api.requests[0] = {
      ...api.requests[0],
      state: 'committed',
      clusters: [running, { ...running, cluster: 'b', state: 'waiting' }],
    };
    act(() => signal(1, 'requests'));
    expect(
      await screen.findByText(/Runs in 1 of 2 clusters/),
    ).toBeInTheDocument();
    api.requests[0] = {
      ...api.requests[0],
      state: 'failed',
      message: 'az-prod-1 did not apply it in 15 min.',
    };
    act(() => signal(2, 'requests'));
    expect(
      await screen.findByText(/^Failed\. az-prod-1 did not/),
    ).toBeInTheDocument();
  });

  it('is followed by another with another key', async () => {
    const { api, sheet } = await openForm();
    await userEvent.click(await readyButton());
    await userEvent.click(
      await sheet.findByRole('button', { name: 'Ask for another' }),
    );
    await userEvent.click(await readyButton());
    await screen.findByRole('link', { name: 'REQ-1043' });
    const [first, second] = api.askedFor;
    expect(second.wishes).toEqual(first.wishes);
    expect(second.idempotencyKey).not.toBe(first.idempotencyKey);
  });
});

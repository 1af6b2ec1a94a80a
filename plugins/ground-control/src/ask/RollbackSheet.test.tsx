import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';
import { AskFixtureApi } from './__testUtils__/AskFixtureApi';

const PAGE = '/releases/services/ledger/ledger-api-0';
const service = { namespace: 'ledger', name: 'ledger-api-0' };
const NOBODY = {
  approvals: 0,
  platform: false,
  reason: 'It ran healthy in prod in the last 7 days (ground-control.yaml).',
};

giveElementsHeight(720);

async function openForm(api = new AskFixtureApi()) {
  const page = await renderReleases(`${PAGE}?rollback=prod`, { api });
  const sheet = await screen.findByRole('dialog', {
    name: 'Roll back ledger/ledger-api-0 in prod',
  });
  return { ...page, api, sheet: within(sheet) };
}

async function readyButton(name: string) {
  await waitFor(() =>
    expect(screen.getByRole('button', { name })).toHaveAttribute(
      'aria-disabled',
      'false',
    ),
  );
  return screen.getByRole('button', { name });
}

const wishOf = (position: number) => ({
  service,
  environment: 'prod',
  intent: 'rollback',
  position,
  // What was chosen, should its position become another's.
  revision: expect.stringMatching(/^[0-9a-f]{40}$/),
});

describe('a rollback', () => {
  it('is three clicks away from a failing cell of the board', async () => {
    const api = new AskFixtureApi({ clusters: 'mixed' });
    api.preview = { requirement: NOBODY, waitsFor: 'nobody' };
    const row = api.board.rows.find(one => one.service.name === service.name)!;
    row.cells[2] = { ...row.cells[2], state: 'failed' };
    await renderReleases('/releases/board', { api });
    const cell = within(await screen.findByRole('grid')).getAllByRole(
      'gridcell',
    )[2];
    await userEvent.click(within(cell).getByRole('button'));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back…' }),
    );
    await userEvent.click(await readyButton('Roll back'));
    await screen.findByRole('link', { name: 'REQ-1042' });
    expect(api.askedFor).toMatchObject([{ wishes: [wishOf(107)] }]);
  });

  it('goes to the last release that stayed healthy, and tells how each ran', async () => {
    const { sheet } = await openForm();
    const options = await sheet.findAllByRole('radio');
    expect(options.map(option => option.closest('label')!.textContent)).toEqual(
      [
        expect.stringMatching(/8888888 .*did not stay healthy/),
        expect.stringMatching(
          /7777777 .*was healthy for 2 days 4 hr until .*last that stayed healthy/,
        ),
        expect.stringMatching(
          /6666666 .*stood for 1 hr, not known how it ran until/,
        ),
      ],
    );
    expect(options.map(option => (option as any).checked)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('never calls healthy what nobody watched', async () => {
    const api = new AskFixtureApi();
    api.choices = { rollbacks: [api.rollbackOf(8, { recommended: true })] };
    const { sheet } = await openForm(api);
    const option = await sheet.findByRole('radio');
    expect(option).toBeChecked();
    expect(option.closest('label')).not.toHaveTextContent(/healthy/);
  });

  it('tells what it undoes, and that nobody has to approve it', async () => {
    const api = new AskFixtureApi();
    api.preview = { requirement: NOBODY, waitsFor: 'nobody' };
    const { sheet } = await openForm(api);
    await readyButton('Roll back');
    expect(sheet.getByText('It undoes')).toBeInTheDocument();
    expect(sheet.getByText('Fix rounding')).toBeInTheDocument();
    expect(sheet.getByText(/ran healthy in prod in/)).toHaveTextContent(
      /^Nobody has to: it goes out at once/,
    );
  });

  it('waits where a block has to be gone over, though nobody has to approve it', async () => {
    const api = new AskFixtureApi();
    api.preview = { requirement: NOBODY, waitsFor: 'override', deciders: [] };
    const { sheet } = await openForm(api);
    await readyButton('Ask for approval');
    expect(sheet.getByText(/has to go over the block/)).toBeInTheDocument();
    expect(sheet.queryByText(/it goes out at once/)).toBeNull();
  });

  it('is asked for where somebody has to approve it', async () => {
    const { api } = await openForm();
    await userEvent.click(await readyButton('Ask for approval'));
    await screen.findByText(/Dee Park and eli.voss can decide/);
    expect(api.askedFor[0]).toEqual({
      wishes: [wishOf(107)],
      idempotencyKey: expect.any(String),
    });
  });

  it('to another release, for a reason', async () => {
    const { sheet, api } = await openForm();
    await userEvent.click(await sheet.findByRole('radio', { name: /6666666/ }));
    await userEvent.selectOptions(sheet.getByLabelText('Reason'), 'Incident');
    await userEvent.type(
      sheet.getByLabelText('Details or link'),
      'https://incidents.example.com/7',
    );
    await userEvent.click(await readyButton('Ask for approval'));
    expect(api.askedFor).toMatchObject([
      {
        wishes: [wishOf(106)],
        reason: 'Incident: https://incidents.example.com/7',
      },
    ]);
  });

  it.each([
    [false, undefined],
    [true, 24],
  ])(
    'warns of an auto-release that would replace it; paused: %s',
    async (pause, hours) => {
      const api = new AskFixtureApi();
      api.preview = { autoReleaseOf: 'master' };
      const { sheet } = await openForm(api);
      expect(
        await sheet.findByText('The next merge to master will replace this.'),
      ).toBeInTheDocument();
      const box = sheet.getByLabelText('Pause auto-release for 24 h');
      expect(box).not.toBeChecked();
      if (pause) await userEvent.click(box);
      await userEvent.click(await readyButton('Ask for approval'));
      expect(api.askedFor[0].pauseAutoReleaseHours).toBe(hours);
    },
  );

  it('names the clusters in which it fails now', async () => {
    const api = new AskFixtureApi({ clusters: 'mixed' });
    const ask = api.getService.bind(api);
    api.getService = async ref => {
      const detail = await ask(ref);
      detail.environments[2].clusters[0].state = 'failed';
      return detail;
    };
    const { sheet } = await openForm(api);
    expect(await sheet.findByText('failing in aws-prod-1')).toBeInTheDocument();
  });

  it('goes on where it could not be judged beforehand', async () => {
    const api = new AskFixtureApi();
    api.previewRequests = async () => {
      throw Object.assign(new Error('away'), { statusCode: 503 });
    };
    await openForm(api);
    const button = await readyButton('Roll back');
    expect(button).toHaveAccessibleDescription(/judged once more when you ask/);
    await userEvent.click(button);
    expect(api.askedFor).toMatchObject([{ wishes: [wishOf(107)] }]);
  });

  it('waits for a choice where none is known to have stayed healthy', async () => {
    const api = new AskFixtureApi();
    api.choices = {
      rollbacks: [
        api.rollbackOf(8, { healthyForSeconds: 0 }),
        api.rollbackOf(7, { healthyForSeconds: 0 }),
      ],
    };
    const { sheet } = await openForm(api);
    const button = await screen.findByRole('button', { name: 'Roll back' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription(
      'Choose the release to go back to.',
    );
    expect(sheet.getByText(/None of these is known/)).toBeInTheDocument();
    await userEvent.click(button);
    expect(api.wished).toEqual([]);
    await userEvent.click(sheet.getByRole('radio', { name: /7777777/ }));
    await readyButton('Ask for approval');
  });

  it('has nowhere to go where nothing was released before', async () => {
    const api = new AskFixtureApi();
    api.choices = { rollbacks: [] };
    const { sheet } = await openForm(api);
    expect(
      await sheet.findByText(
        'ledger-api-0 has no earlier release in prod to go back to.',
      ),
    ).toBeInTheDocument();
  });

  it('says which right is missing', async () => {
    const api = new AskFixtureApi();
    const message =
      'The permission ground-control.request.create is missing. Ask squad ledger.';
    api.choices = { ask: { allowed: false, code: 'permission', message } };
    await openForm(api);
    const button = await screen.findByRole('button', { name: 'Roll back' });
    expect(button).toHaveAccessibleDescription(message);
    await userEvent.click(button);
    expect(api.askedFor).toEqual([]);
  });

  it('asks which environment is meant where the service hasn’t got it', async () => {
    const { address } = await renderReleases(`${PAGE}?rollback=qa`, {
      api: new AskFixtureApi(),
    });
    await userEvent.selectOptions(await screen.findByLabelText('To'), 'prod');
    expect(address()).toBe(`${PAGE}?rollback=prod`);
    await screen.findByText('last that stayed healthy');
  });
});

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
const END = 'There are no older ones.';

async function openForm(api: AskFixtureApi, form: 'ask' | 'rollback') {
  await renderReleases(`${PAGE}?${form}=prod`, { api });
  const sheet = within(await screen.findByRole('dialog'));
  await sheet.findAllByRole('radio');
  return sheet;
}

const older = (sheet: ReturnType<typeof within>) =>
  sheet.findByRole('button', { name: 'Show older' });

async function send() {
  const button = await screen.findByRole('button', {
    name: 'Ask for approval',
  });
  await waitFor(() => expect(button).toHaveAttribute('aria-disabled', 'false'));
  await userEvent.click(button);
  await screen.findByRole('link', { name: 'REQ-1042' });
}

describe('older builds', () => {
  /** Pages that follow the first, each named by its cursor. */
  function makeApi() {
    const api = new AskFixtureApi();
    api.choices = { nextCandidates: 'two' };
    const ask = jest.fn(async (_, { before, text }) => ({
      asOf: api.board.asOf,
      items:
        before === 'two'
          ? // The recommended one is shown already.
            [makeCandidate(4), makeCandidate(1)]
          : [makeCandidate(text ? 6 : 5)],
      next: before === 'two' ? 'three' : undefined,
    }));
    api.getReleaseCandidates = ask;
    return { api, ask };
  }

  it('are added by the keyboard, and what is chosen stays so', async () => {
    const { api } = makeApi();
    const sheet = await openForm(api, 'ask');
    await userEvent.click(sheet.getByText('Another build (3)'));
    const builds = () =>
      sheet
        .getAllByRole('radio', { name: /\d{7}/ })
        .map(radio => /\d{7}/.exec(radio.closest('label')!.textContent!)![0]);
    const newest = ['1111111', '3333333', '1111111', '2222222'];
    expect(builds()).toEqual(newest);
    await userEvent.click(sheet.getByRole('radio', { name: /3333333/ }));
    const button = await older(sheet);
    act(() => button.focus());
    await userEvent.keyboard('{Enter}');
    await sheet.findByRole('radio', { name: /4444444/ });
    expect(builds()).toEqual([...newest, '4444444']);
    expect(button).toHaveFocus();
    expect(sheet.getByRole('radio', { name: /3333333/ })).toBeChecked();
    await userEvent.keyboard('{Enter}');
    // Where the button was, so that the next Tab doesn't begin at the top.
    await waitFor(() => expect(sheet.getByText(END)).toHaveFocus());
    await userEvent.click(sheet.getByRole('radio', { name: /5555555/ }));
    await send();
    expect(api.askedFor[0].wishes).toEqual([
      {
        service,
        environment: 'prod',
        intent: 'release-artifact',
        artifactId: makeArtifact(5).id,
      },
    ]);
  });

  it('are searched as well, when that is asked for', async () => {
    const { api, ask } = makeApi();
    const sheet = await openForm(api, 'ask');
    await userEvent.click(sheet.getByText('Another build (3)'));
    await userEvent.type(sheet.getByLabelText('Search builds'), ' number 6 ');
    expect(
      sheet.getByText('None of the newest builds matches.'),
    ).toBeInTheDocument();
    expect(ask).not.toHaveBeenCalled();
    const search = { name: 'Search older builds' };
    await userEvent.click(sheet.getByRole('button', search));
    await sheet.findByRole('radio', { name: /4444444/ });
    await userEvent.click(sheet.getByRole('button', search));
    await sheet.findByRole('radio', { name: /6666666/ });
    expect(ask.mock.calls.map(([, query]) => query)).toEqual([
      { text: 'number 6', before: 'two' },
      { text: 'number 6', before: 'three' },
    ]);
    // Of another text nothing older is known.
    await userEvent.type(sheet.getByLabelText('Search builds'), '7');
    expect(sheet.queryByRole('radio', { name: /6666666/ })).toBeNull();
    expect(sheet.getByRole('button', search)).toBeInTheDocument();
  });

  it('that could not be loaded are asked for again', async () => {
    const { api, ask } = makeApi();
    ask.mockRejectedValueOnce(
      Object.assign(new Error('away'), { statusCode: 503 }),
    );
    const sheet = await openForm(api, 'ask');
    await userEvent.click(sheet.getByText('Another build (3)'));
    await userEvent.click(await older(sheet));
    expect(await sheet.findByRole('alert')).toHaveTextContent(
      'The portal’s backend could not answer.',
    );
    expect(sheet.getAllByRole('radio', { name: /\d{7}/ })).toHaveLength(4);
    await userEvent.click(await older(sheet));
    await sheet.findByRole('radio', { name: /4444444/ });
    expect(sheet.queryByRole('alert')).toBeNull();
  });

  it('are not offered where there are none', async () => {
    const sheet = await openForm(new AskFixtureApi(), 'ask');
    await userEvent.click(sheet.getByText('Another build (3)'));
    expect(sheet.queryByRole('button', { name: 'Show older' })).toBeNull();
    expect(sheet.queryByText(END)).toBeNull();
  });
});

describe('older releases to go back to', () => {
  it('are added, and the one chosen to begin with stays so', async () => {
    const api = new AskFixtureApi();
    api.choices = { nextRollbacks: 'two' };
    const ask = jest.fn(async () => ({
      asOf: api.board.asOf,
      items: [api.rollbackOf(5), api.rollbackOf(4)],
    }));
    api.getRollbackCandidates = ask;
    const sheet = await openForm(api, 'rollback');
    const button = await older(sheet);
    act(() => button.focus());
    await userEvent.keyboard('{Enter}');
    await sheet.findByRole('radio', { name: /5555555/ });
    expect(ask).toHaveBeenCalledWith(
      service,
      { environment: 'prod', before: 'two' },
      expect.any(AbortSignal),
    );
    await waitFor(() => expect(sheet.getByText(END)).toHaveFocus());
    expect(sheet.getAllByRole('radio')).toHaveLength(5);
    expect(sheet.getByRole('radio', { name: /7777777/ })).toBeChecked();
    await userEvent.click(sheet.getByRole('radio', { name: /4444444/ }));
    await send();
    expect(api.askedFor[0].wishes).toEqual([
      {
        service,
        environment: 'prod',
        intent: 'rollback',
        position: 104,
        revision: '4'.repeat(40),
      },
    ]);
  });

  it('are shown by and by, so that what one undoes is in sight', async () => {
    const api = new AskFixtureApi();
    api.choices = {
      rollbacks: [7, 6, 5, 4, 3].map(digit => api.rollbackOf(digit)),
    };
    const sheet = await openForm(api, 'rollback');
    expect(sheet.getAllByRole('radio')).toHaveLength(3);
    await userEvent.click(await older(sheet));
    const options = sheet.getAllByRole('radio');
    expect(options).toHaveLength(5);
    expect(options[3]).toHaveFocus();
    expect(sheet.queryByRole('button', { name: 'Show older' })).toBeNull();
  });

  it('may be well where none of the newest was', async () => {
    const api = new AskFixtureApi();
    api.choices = {
      rollbacks: [api.rollbackOf(8, { healthyForSeconds: 0 })],
      nextRollbacks: 'two',
    };
    api.getRollbackCandidates = async () => ({
      asOf: api.board.asOf,
      items: [api.rollbackOf(5, { healthyForSeconds: 7_200 })],
    });
    const sheet = await openForm(api, 'rollback');
    expect(sheet.getByText(/None of these is known/)).toBeInTheDocument();
    await userEvent.click(await older(sheet));
    await sheet.findByText(/was healthy for 2 hr/);
    expect(sheet.queryByText(/None of these is known/)).toBeNull();
    sheet
      .getAllByRole('radio')
      .forEach(radio => expect(radio).not.toBeChecked());
  });
});

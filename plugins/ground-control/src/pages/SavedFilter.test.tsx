import { StorageApi } from '@backstage/core-plugin-api';
import { mockApis } from '@backstage/test-utils';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useNavigate } from 'react-router-dom';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';
import { ReleasesRouter } from './ReleasesRouter';

giveElementsHeight(1200);

function Back() {
  const navigate = useNavigate();
  return (
    <button type="button" onClick={() => navigate(-1)}>
      Back
    </button>
  );
}

const CHIP = 'Using your saved filter';

/** What a person keeps, as a server keeps it: it answers later. */
function createSlowStorage(kept: Record<string, unknown>) {
  const storage = mockApis.storage();
  const tellers = new Set<() => void>();
  const slow: StorageApi = {
    ...storage,
    forBucket: () => slow,
    set: async () => {},
    remove: async () => {},
    snapshot: (key: string) => ({ key, presence: 'unknown' } as any),
    observe$: (key: string) =>
      ({
        subscribe: (onNext: (snapshot: unknown) => void) => {
          const value = kept[key];
          const presence = value === undefined ? 'absent' : 'present';
          const tell = () => onNext({ key, presence, value });
          tellers.add(tell);
          return { unsubscribe: () => tellers.delete(tell) };
        },
      } as any),
  };
  return { slow, answer: () => act(() => tellers.forEach(tell => tell())) };
}

describe('what a reader picked last', () => {
  it.each([
    ['/releases/board', 'State', 'behind', 'state=behind'],
    ['/releases/activity', 'Environment', 'prod', 'env=prod'],
    ['/links', 'Provider', 'gcp', 'provider=gcp'],
    ['/links/map', 'Provider', 'gcp', 'provider=gcp'],
  ])('is picked on the next visit to %s', async (path, label, value, query) => {
    const user = userEvent.setup();
    const storage = mockApis.storage();
    const first = await renderReleases(path, { storage });
    await user.selectOptions(await screen.findByLabelText(label), value);
    expect(first.address()).toBe(`${path}?${query}`);
    expect(screen.queryByText(CHIP)).toBeNull();

    cleanup();
    const next = await renderReleases(path, { storage });
    expect(await screen.findByText(CHIP)).toBeInTheDocument();
    expect(next.address()).toBe(`${path}?${query}`);
    await expectAccessible(next.container.querySelector('.gc-root')!);

    await user.click(screen.getByRole('button', { name: 'Clear' }));
    expect(next.address()).toBe(path);
    expect(screen.queryByText(CHIP)).toBeNull();

    cleanup();
    const last = await renderReleases(path, { storage });
    await screen.findByLabelText(label);
    expect(last.address()).toBe(path);
  });

  const keep = (query: unknown, look?: string) => {
    const storage = mockApis.storage();
    const bucket = storage.forBucket('ground-control');
    if (query !== undefined) bucket.set('filter-board', query as string);
    if (look !== undefined) bucket.set('look-board', look);
    const kept = () => bucket.snapshot('filter-board').value;
    const looks = () => bucket.snapshot('look-board').value;
    return { storage, kept, looks };
  };

  it.each([
    ['of its address', '/releases/activity'],
    ['from another page that keeps one', '/releases/board?env=dev'],
  ])('is asked for at once by a visitor %s', async (_, path) => {
    const user = userEvent.setup();
    const storage = mockApis.storage();
    storage.forBucket('ground-control').set('filter-activity', 'env=prod');
    const api = new FixtureApi({ now: Date.now() });
    const asked = jest.spyOn(api, 'getActivity');
    await renderReleases(path, { storage, api });
    if (!path.includes('activity')) {
      await user.click(screen.getByRole('link', { name: 'Activity' }));
    }
    expect(await screen.findByText(CHIP)).toBeInTheDocument();
    expect(asked.mock.calls.map(([query]) => query.environments)).toEqual([
      ['prod'],
    ]);
  });

  it('is neither used nor lost where a link says something', async () => {
    const user = userEvent.setup();
    const { storage, kept } = keep('state=behind');
    const { address } = await renderReleases('/releases/board?env=prod', {
      storage,
    });
    await screen.findByLabelText('State');
    expect(screen.queryByText(CHIP)).toBeNull();
    expect(address()).toBe('/releases/board?env=prod');
    expect(kept()).toBe('state=behind');
    // Who changes it makes it theirs.
    await user.selectOptions(screen.getByLabelText('State'), 'attention');
    expect(kept()).toBe('env=prod&state=attention');
  });

  it('is used again by who comes back from the tab of the page', async () => {
    const user = userEvent.setup();
    const { storage } = keep('state=behind');
    const { address } = await renderReleases('/releases/board?env=prod', {
      storage,
    });
    await user.click(screen.getByRole('link', { name: 'Board' }));
    expect(await screen.findByText(CHIP)).toBeInTheDocument();
    expect(address()).toBe('/releases/board?state=behind');
  });

  it.each(['env=prod', 'open=REQ-1'])(
    'is as it was after a step back to a link that says %s',
    async query => {
      const user = userEvent.setup();
      const { storage, kept } = keep('state=behind');
      const { address } = await renderReleases(`/releases/board?${query}`, {
        storage,
        element: (
          <>
            <Back />
            <ReleasesRouter />
          </>
        ),
      });
      await user.click(screen.getByRole('link', { name: 'Board' }));
      await waitFor(() =>
        expect(address()).toBe('/releases/board?state=behind'),
      );
      await user.click(screen.getByRole('button', { name: 'Back' }));
      await waitFor(() => expect(address()).toBe(`/releases/board?${query}`));
      expect(screen.queryByText(CHIP)).toBeNull();
      expect(kept()).toBe('state=behind');
    },
  );

  it('is another page’s own', async () => {
    const user = userEvent.setup();
    const { storage, kept } = keep('state=behind');
    await renderReleases('/releases/activity?env=prod', {
      storage,
      element: (
        <>
          <Back />
          <ReleasesRouter />
        </>
      ),
    });
    await user.click(screen.getByRole('link', { name: 'Board' }));
    expect(await screen.findByText(CHIP)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Back' }));
    await screen.findByLabelText('Environment');
    const bucket = storage.forBucket('ground-control');
    expect(bucket.snapshot('filter-activity').value).toBeUndefined();
    expect(kept()).toBe('state=behind');
  });

  it('is said for as long as it hides something, whatever else is done', async () => {
    const user = userEvent.setup();
    const { storage, kept } = keep('state=behind');
    const { address } = await renderReleases('/releases/board', { storage });
    await user.type(await screen.findByLabelText('Filter'), 'ledger');
    await waitFor(() => expect(address()).toContain('q=ledger'));
    await user.selectOptions(screen.getByLabelText('Density'), 'compact');
    expect(screen.getByText(CHIP)).toBeInTheDocument();
    expect(kept()).toBe('state=behind');
  });

  it('is cleared without what only says how it looks', async () => {
    const user = userEvent.setup();
    const { storage, kept, looks } = keep('state=behind', 'density=compact');
    const { address } = await renderReleases('/releases/board', { storage });
    await user.click(await screen.findByRole('button', { name: 'Clear' }));
    expect(address()).toBe('/releases/board?density=compact');
    expect([kept(), looks()]).toEqual([undefined, 'density=compact']);
  });

  it('is not taken from a link by who only changes how it looks', async () => {
    const user = userEvent.setup();
    const { storage, kept, looks } = keep('state=behind');
    await renderReleases('/releases/board?env=prod', { storage });
    await user.selectOptions(screen.getByLabelText('Density'), 'compact');
    expect([kept(), looks()]).toEqual(['state=behind', 'density=compact']);
  });

  it('is theirs as soon as they change it', async () => {
    const user = userEvent.setup();
    const { storage, kept } = keep('state=behind');
    await renderReleases('/releases/board', { storage });
    expect(await screen.findByText(CHIP)).toBeInTheDocument();
    await user.selectOptions(screen.getByLabelText('State'), 'attention');
    expect(screen.queryByText(CHIP)).toBeNull();
    expect(kept()).toBe('state=attention');
  });

  it('is said where it hides something, and not where it says how it looks', async () => {
    const { storage } = keep(undefined, 'density=compact');
    const { address } = await renderReleases('/releases/board', { storage });
    await screen.findByLabelText('State');
    expect(address()).toBe('/releases/board?density=compact');
    expect(screen.queryByText(CHIP)).toBeNull();
  });

  it('is no text, which is of the moment', async () => {
    const user = userEvent.setup();
    const { storage, kept } = keep(undefined);
    const { address } = await renderReleases('/releases/board', { storage });
    await user.type(await screen.findByLabelText('Filter'), 'ledger');
    await waitFor(() => expect(address()).toContain('q=ledger'));
    expect(kept()).toBeUndefined();
  });

  it.each([
    ['no text', 7],
    ['of other keys', 'open=REQ-1&from=notification'],
    ['empty', ''],
  ])('counts for nothing where it is %s', async (_, value) => {
    const { storage } = keep(value);
    const { address } = await renderReleases('/releases/board', { storage });
    await screen.findByLabelText('State');
    expect(address()).toBe('/releases/board');
  });

  it('comes later from a storage that is elsewhere', async () => {
    const { slow, answer } = createSlowStorage({
      'filter-board': 'state=behind',
    });
    const { address } = await renderReleases('/releases/board', {
      storage: slow,
    });
    await screen.findByLabelText('State');
    await answer();
    expect(await screen.findByText(CHIP)).toBeInTheDocument();
    expect(address()).toBe('/releases/board?state=behind');
    // The tab begins another visit.
    const user = userEvent.setup();
    await user.click(screen.getByRole('link', { name: 'Board' }));
    await answer();
    await waitFor(() => expect(address()).toBe('/releases/board?state=behind'));
  });

  it('comes too late where something was picked meanwhile', async () => {
    const user = userEvent.setup();
    const { slow, answer } = createSlowStorage({
      'filter-board': 'state=behind',
    });
    const { address } = await renderReleases('/releases/board', {
      storage: slow,
    });
    await user.selectOptions(
      await screen.findByLabelText('State'),
      'attention',
    );
    await answer();
    expect(address()).toBe('/releases/board?state=attention');
  });
});

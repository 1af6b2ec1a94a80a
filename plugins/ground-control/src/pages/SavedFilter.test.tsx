import { StorageApi } from '@backstage/core-plugin-api';
import { mockApis } from '@backstage/test-utils';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';

giveElementsHeight(1200);

const CHIP = 'Using your saved filter';

/** What a person keeps, as a server keeps it: it answers later. */
function createSlowStorage(kept: Record<string, unknown>) {
  const storage = mockApis.storage();
  const tellers: (() => void)[] = [];
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
          tellers.push(() => onNext({ key, presence, value }));
          return { unsubscribe: () => {} };
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

  const keep = (query: unknown) => {
    const storage = mockApis.storage();
    const bucket = storage.forBucket('ground-control');
    if (query !== undefined) bucket.set('filter-board', query as string);
    const kept = () => bucket.snapshot('filter-board').value;
    return { storage, kept };
  };

  it('is asked for at once, and nothing before it', async () => {
    const storage = mockApis.storage();
    storage.forBucket('ground-control').set('filter-activity', 'env=prod');
    const api = new FixtureApi({ now: Date.now() });
    const asked = jest.spyOn(api, 'getActivity');
    await renderReleases('/releases/activity', { storage, api });
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
    const { storage } = keep('density=compact');
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

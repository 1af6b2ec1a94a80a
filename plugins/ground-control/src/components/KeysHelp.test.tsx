import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StorageApi } from '@backstage/core-plugin-api';
import { mockApis } from '@backstage/test-utils';
import { makeDetail } from '../__testUtils__/makeRequest';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';

giveElementsHeight(900);

async function showRequest(storage?: StorageApi) {
  const api = new FixtureApi({ now: Date.now() });
  api.requestSet.put(makeDetail(api.now));
  const { unmount } = await renderReleases('/releases/requests/REQ-1042', {
    api,
    storage,
  });
  const heading = await screen.findByRole('heading', {
    name: 'Release ledger-api-0 to prod?',
  });
  return { heading, unmount };
}

const list = () => screen.queryByText('open or close this list');
const approve = () => screen.getByRole('button', { name: /^Approve release/ });
const switchOf = () =>
  screen.getByRole('checkbox', {
    name: 'Single letters and signs are shortcuts',
  });

describe('KeysHelp', () => {
  it('opens with a question mark, and gives the focus back', async () => {
    const { heading } = await showRequest();
    expect(heading).toHaveFocus();
    expect(list()).toBeNull();
    await userEvent.keyboard('?');
    expect(list()).toBeInTheDocument();
    expect(screen.getByText('Keys')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(list()).toBeNull();
    expect(heading).toHaveFocus();
    await userEvent.keyboard('??');
    expect(list()).toBeNull();
    expect(heading).toHaveFocus();
  });

  it.each([
    [
      'a request',
      '/releases/requests/REQ-1042',
      'Keys',
      [
        'A R: go to Approve or Reject, and press nothing',
        'Enter: press what has the focus',
        '[ ]: previous or next request',
      ],
    ],
    [
      'the list of requests',
      '/releases/requests',
      'Keys',
      [
        'Arrows or J K: next or previous request',
        'Home End: first or last request',
        'Enter: open it',
      ],
    ],
    [
      'the board',
      '/releases/board',
      'Signs and keys',
      [
        'Arrows or H J K L: move',
        'Home End: first or last column; with Ctrl the first or last row',
        'PgUp PgDn: one screen up or down',
        'Enter: open what is focused',
        'Esc: close the panel',
        'R: request a release',
        'B: roll back',
        'O: open the service in the catalog',
        'C: copy the artifact id',
        'X: mark two environments of a service to compare them',
        '/: go to the filter',
        'U: apply the new order',
      ],
    ],
  ])('lists the keys of %s', async (_page, path, title, keys) => {
    await renderReleases(path);
    await userEvent.click(await screen.findByText(title));
    const meanings = list()!.closest('dl')!.querySelectorAll('dd');
    expect(
      [...meanings].map(
        ({ previousSibling, textContent }) =>
          `${previousSibling!.textContent}: ${textContent}`,
      ),
    ).toEqual([...keys, '?: open or close this list']);
  });

  it('opens where nothing has the focus, as on a page that has just come', async () => {
    await renderReleases('/releases/board');
    const button = await screen.findByText('Signs and keys');
    expect(document.body).toHaveFocus();
    await userEvent.keyboard('?');
    expect(list()).toBeInTheDocument();
    expect(button).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(list()).toBeNull();
    expect(button).toHaveFocus();
  });

  it('leaves keys alone that something else of the portal gets', async () => {
    const { heading } = await showRequest();
    const other = document.body.appendChild(document.createElement('button'));
    other.focus();
    await userEvent.keyboard('?a');
    expect(list()).toBeNull();
    expect(other).toHaveFocus();
    other.remove();
    expect(document.body).toHaveFocus();
    await userEvent.keyboard('a');
    expect(approve()).toHaveFocus();
    expect(heading).not.toHaveFocus();
  });

  it('is a letter where one types', async () => {
    await showRequest();
    const comment = screen.getByLabelText('Comment (needed to reject)');
    await userEvent.type(comment, 'Why?');
    expect(comment).toHaveValue('Why?');
    expect(list()).toBeNull();
  });

  it('switches single keys off, and on again by its button', async () => {
    const { heading } = await showRequest();
    await userEvent.keyboard('?');
    await userEvent.click(switchOf());
    await userEvent.keyboard('{Escape}');
    heading.focus();
    await userEvent.keyboard('a?[[');
    expect(heading).toHaveFocus();
    expect(approve()).not.toHaveFocus();
    expect(list()).toBeNull();
    await userEvent.click(screen.getByText('Keys'));
    expect(switchOf()).not.toBeChecked();
    await userEvent.click(switchOf());
    heading.focus();
    await userEvent.keyboard('a');
    expect(approve()).toHaveFocus();
  });

  it('has nothing tell of a key that is switched off', async () => {
    await showRequest();
    await screen.findByText('1 of 2');
    const told = () =>
      [...document.querySelectorAll('[aria-keyshortcuts]')].map(element =>
        element.getAttribute('aria-keyshortcuts'),
      );
    const drawn = () =>
      [...document.querySelectorAll('a kbd')].map(key => key.textContent);
    expect([told(), drawn()]).toEqual([[']', '?'], [']']]);
    await userEvent.click(screen.getByText('Keys'));
    await userEvent.click(switchOf());
    expect([told(), drawn()]).toEqual([[], []]);
  });

  it('keeps them off for the next visit', async () => {
    const storage = mockApis.storage();
    const { unmount } = await showRequest(storage);
    await userEvent.click(screen.getByText('Keys'));
    await userEvent.click(switchOf());
    unmount();
    const { heading } = await showRequest(storage);
    await userEvent.keyboard('a');
    expect(heading).toHaveFocus();
  });

  it('switches the letters of the list off, and no arrow', async () => {
    const api = new FixtureApi({ now: Date.now() });
    await renderReleases('/releases/requests', { api });
    const links = await screen.findAllByRole('link', { name: /REQ-/ });
    await userEvent.click(screen.getByText('Keys'));
    await userEvent.click(switchOf());
    links[0].focus();
    await userEvent.keyboard('j');
    expect(links[0]).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    expect(links[1]).toHaveFocus();
  });

  it('switches the letters of the board off, and no arrow', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const { address } = await renderReleases('/releases/board', { api });
    const grid = await screen.findByRole('grid');
    await userEvent.click(screen.getByText('Signs and keys'));
    await userEvent.click(switchOf());
    const cells = [...grid.querySelectorAll<HTMLElement>('[data-gc-focus]')];
    cells[0].focus();
    await userEvent.keyboard('{ArrowRight}');
    const focused = document.activeElement;
    expect(focused).not.toBe(cells[0]);
    const before = address();
    await userEvent.keyboard('lro/');
    expect(document.activeElement).toBe(focused);
    expect(address()).toBe(before);
  });
});

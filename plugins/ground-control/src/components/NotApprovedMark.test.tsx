import { screen, within } from '@testing-library/react';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';

const REASON =
  'Mal Ory released it by commit 4f2c1aa0b1, and no release request stands behind it';

/** What runs of ledger-api-0 in prod came by the back door. */
class BackDoorApi extends FixtureApi {
  constructor() {
    super({ now: Date.now() });
    this.board.rows[0].cells[2].notApprovedHere = true;
    this.board.rows[1].cells[2] = {
      state: 'not-released',
      notApprovedHere: true,
    };
  }

  async getService(...args: Parameters<FixtureApi['getService']>) {
    const detail = await super.getService(...args);
    detail.environments[2].current!.notApprovedHere = REASON;
    return detail;
  }

  async getReleases(...args: Parameters<FixtureApi['getReleases']>) {
    const page = await super.getReleases(...args);
    page.items[2].notApprovedHere = REASON;
    return page;
  }

  async getActivity(...args: Parameters<FixtureApi['getActivity']>) {
    const page = await super.getActivity(...args);
    const released = page.items.find(({ services }) => services.length > 0)!;
    released.services[0].notApprovedHere = true;
    return page;
  }
}

const findMarks = () => screen.findAllByText('not approved here');

giveElementsHeight(720);

describe('what was not approved here', () => {
  it('is marked in cells of the board, also where something was removed', async () => {
    await renderReleases('/releases/board?squad=all&group=none', {
      api: new BackDoorApi(),
    });
    const cells = (await findMarks()).map(
      mark => mark.closest('[role=gridcell]')!,
    );
    expect(cells).toHaveLength(2);
    expect(cells.some(cell => cell.textContent!.includes('not released'))).toBe(
      true,
    );
  });

  it('is marked with its reason where a service stands, and in its history', async () => {
    await renderReleases('/releases/services/ledger/ledger-api-0', {
      api: new BackDoorApi(),
    });
    const prod = (await screen.findByRole('heading', { name: 'prod' })).closest(
      'li',
    )!;
    expect(await within(prod).findByText('not approved here')).toBeVisible();
    expect(within(prod).getByText(REASON)).toBeVisible();
    const lines = (await screen.findAllByRole('checkbox')).map(
      tick => tick.closest('li')!,
    );
    expect(
      lines.map(line => line.textContent!.includes(REASON)).slice(0, 4),
    ).toEqual([false, false, true, false]);
  });

  it('is marked in activity, which leads to what the trail has of it', async () => {
    await renderReleases('/releases/activity', { api: new BackDoorApi() });
    expect(await findMarks()).toHaveLength(1);
    expect(
      screen.getByRole('link', { name: 'Not approved here' }),
    ).toHaveAttribute(
      'href',
      '/releases/audit?action=release.not-approved-here',
    );
  });
});

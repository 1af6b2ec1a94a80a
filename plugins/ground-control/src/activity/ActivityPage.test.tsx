import { screen } from '@testing-library/react';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';

class LackingApi extends FixtureApi {
  async getActivity(...args: Parameters<FixtureApi['getActivity']>) {
    const page = await super.getActivity(...args);
    const touched = page.items.filter(({ services }) => services.length > 0);
    touched[0].services[0].notInCatalog = 'service';
    Object.assign(touched[1].services[0], {
      squad: 'group:default/squad-pay',
      notInCatalog: 'squad',
    });
    touched[2].unknownEnvironment = 'qa';
    return page;
  }
}

giveElementsHeight(720);

describe('activity', () => {
  it('says what is not in the catalog or not configured, and what to do', async () => {
    await renderReleases('/releases/activity', { api: new LackingApi() });
    const [service, squad, environment] = [
      await screen.findByText('not in the catalog'),
      screen.getByText('squad not in the catalog'),
      screen.getByText('releases to qa, which is not configured'),
    ];
    expect(service).toHaveAttribute('title', expect.stringMatching(/^Add a/));
    expect(squad.title).toMatch(/^Add group:default\/squad-pay to the catalog/);
    expect(environment.title).toMatch(/Add qa to groundControl.environments/);
    await expectAccessible(screen.getByRole('main'));
  });

  it('does not take problems that can not be read for none', async () => {
    const api = new FixtureApi();
    api.getProblems = async () => {
      throw new Error('The database is away');
    };
    await renderReleases('/releases/activity', { api });
    expect(await screen.findByText(/The database is away/)).toBeVisible();
  });
});

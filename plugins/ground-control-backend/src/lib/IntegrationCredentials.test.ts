import { ConfigReader } from '@backstage/config';
import { parseRemoteUrl } from '@ground-control/backstage-plugin-ground-control-node';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { GithubHost } from './__testUtils__/GithubHost';
import { IntegrationCredentials } from './IntegrationCredentials';

describe('IntegrationCredentials', () => {
  it('waits for no host that never answers, and asks it anew', async () => {
    const repository = TestRepository.create();
    const host = await GithubHost.start(repository);
    host.hangs = true;
    const integrations = new IntegrationCredentials(
      new ConfigReader({ integrations: host.integrations }),
      { timeoutMs: 200 },
    );
    const remote = parseRemoteUrl(`${host.url}/squad-ledger/ledger-api.git`);
    await expect(integrations.find(remote)).rejects.toThrow(/no answer within/);
    host.hangs = false;
    const patient = () => integrations.find(remote).catch(() => undefined);
    let found = await patient();
    while (!found) found = await patient();
    expect(found).toEqual({
      username: 'x-access-token',
      password: expect.stringMatching(/^ghs_canary/),
    });
    await host.close();
    repository.remove();
  });

  it.each([
    [
      { gitlab: [{ host: 'not a host', token: 'canary' }] },
      /integrations of the app-config can't be read: .*not a valid host/,
    ],
    [{ github: 'canary' }, /integrations of the app-config can't be read/],
    [
      { gitea: [{ host: 'git.example', password: 'can\nary' }] },
      /integration of git\.example has a user or token with a line end/,
    ],
  ])('refuses %j, and repeats no secret', async (integrations, message) => {
    const found = new IntegrationCredentials(
      new ConfigReader({ integrations }),
    ).find(parseRemoteUrl('https://git.example/a/b.git'));
    await expect(found).rejects.toThrow(message);
    await expect(found).rejects.not.toThrow(/canary|can\nary/);
  });
});

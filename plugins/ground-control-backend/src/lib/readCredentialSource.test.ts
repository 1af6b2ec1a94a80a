import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { parseRemoteUrl } from '@ground-control/backstage-plugin-ground-control-node';
import { IntegrationCredentials } from './IntegrationCredentials';
import { readCredentialSource } from './readCredentialSource';

const read = (url: string, own: object, integrations: object = {}) =>
  readCredentialSource(new ConfigReader({ ...own }), {
    where: 'groundControl.sourceHistory.git',
    integrations: new IntegrationCredentials(
      mockServices.rootConfig({ data: { integrations: integrations as any } }),
    ),
  })(parseRemoteUrl(url));

const github = [{ host: 'github.com', token: 'ghp' }];
const gitlab = [
  {
    host: 'gitlab.example:8443',
    apiBaseUrl: 'https://gitlab.example:8443/api/v4',
    token: 'glpat',
  },
];
const clear = [
  {
    host: 'gitlab.intern',
    apiBaseUrl: 'http://gitlab.intern/api/v4',
    token: 'glpat',
  },
];
const gitea = [{ host: 'gitea.example', password: 'gta' }];
const atBitbucket = (more: object) => ({ bitbucketCloud: [more] });
const atServer = (more: object) => ({
  bitbucketServer: [
    {
      host: 'bitbucket.example',
      apiBaseUrl: 'https://bitbucket.example/rest/api/1.0',
      ...more,
    },
  ],
});
const personal = { kind: 'PersonalAccessToken', personalAccessToken: 'azp' };

describe('readCredentialSource', () => {
  it.each<[string, string, object, object | undefined]>([
    [
      'GitHub',
      'https://github.com/a/b.git',
      { github },
      { username: 'x-access-token', password: 'ghp' },
    ],
    [
      'GitHub, with a user in the URL',
      'https://bot@github.com/a/b',
      { github },
      { username: 'x-access-token', password: 'ghp' },
    ],
    [
      'a GitLab of one’s own, on its port',
      'https://gitlab.example:8443/a/b/c.git',
      { github, gitlab },
      { username: 'oauth2', password: 'glpat' },
    ],
    [
      'a GitLab in clear text, where its integration says so',
      'http://gitlab.intern/a/b.git',
      { gitlab: clear },
      { username: 'oauth2', password: 'glpat' },
    ],
    [
      'Gitea, which takes any user',
      'https://gitea.example/a/b.git',
      { gitea },
      { password: 'gta' },
    ],
    [
      'Gitea, with its user',
      'https://gitea.example/a/b.git',
      { gitea: [{ ...gitea[0], username: 'bot' }] },
      { username: 'bot', password: 'gta' },
    ],
    [
      'Bitbucket Cloud, with an app password',
      'https://bitbucket.org/a/b.git',
      atBitbucket({ username: 'bot', appPassword: 'app' }),
      { username: 'bot', password: 'app' },
    ],
    [
      'Bitbucket Cloud, with a person’s token',
      'https://bitbucket.org/a/b.git',
      atBitbucket({ username: 'bot@bank.example', token: 'att' }),
      { username: 'x-bitbucket-api-token-auth', password: 'att' },
    ],
    [
      'Bitbucket Cloud, with a repository’s token',
      'https://bitbucket.org/a/b.git',
      atBitbucket({ token: 'att' }),
      { username: 'x-token-auth', password: 'att' },
    ],
    [
      'a Bitbucket of one’s own, with a token',
      'https://bitbucket.example/scm/a/b.git',
      atServer({ token: 'bbs' }),
      { username: 'x-token-auth', password: 'bbs' },
    ],
    [
      'a Bitbucket of one’s own, with a password',
      'https://bitbucket.example/scm/a/b.git',
      atServer({ username: 'bot', password: 'pass' }),
      { username: 'bot', password: 'pass' },
    ],
    [
      'Azure DevOps',
      'https://dev.azure.com/bank/a/_git/b',
      { azure: [{ host: 'dev.azure.com', credentials: [personal] }] },
      { password: 'azp' },
    ],
    ['Azure DevOps without any', 'https://dev.azure.com/a/_git/b', {}, {}],
    ['GitHub without any', 'https://github.com/a/b.git', {}, {}],
    ['another host', 'https://github.com.evil.example/a/b', { github }, {}],
    ['another port', 'https://github.com:8443/a/b.git', { github }, {}],
    ['another port', 'https://gitlab.example/a/b.git', { gitlab }, {}],
    ['clear text', 'http://github.com/a/b.git', { github }, {}],
    ['clear text', 'http://gitlab.example:8443/a/b', { gitlab }, {}],
    ['no host with any', 'https://git.example/a/b.git', { github }, {}],
    ['ssh', 'ssh://git@github.com/a/b.git', { github }, {}],
    ['ssh', 'git@github.com:a/b.git', { github }, {}],
    ['a folder', '/srv/github.com/a/b.git', { github }, {}],
  ])('gives for %s (%s) what belongs to it', async (...of) => {
    const [, url, integrations, expected] = of;
    expect(withoutGaps(await read(url, {}, integrations))).toEqual(expected);
  });

  it.each<[object, object]>([
    [{ password: 'own' }, { password: 'own' }],
    [
      { username: 'me', password: 'own' },
      { username: 'me', password: 'own' },
    ],
    [{ username: 'me' }, { username: 'x-access-token', password: 'ghp' }],
    [
      { sshKeyFile: '/key' },
      { sshKeyFile: '/key', username: 'x-access-token', password: 'ghp' },
    ],
  ])('prefers its own password: %j', async (own, expected) => {
    const found = await read('https://github.com/a/b', own, { github });
    expect(withoutGaps(found)).toEqual(expected);
  });

  it('asks nobody where it has a password, and reads its file instead', async () => {
    const broken = { github: 'canary' };
    await expect(
      read('https://github.com/a/b', { passwordFile: '/none' }, broken),
    ).rejects.toThrow(/passwordFile can't be read \(ENOENT\)/);
    const found = await read(
      'https://github.com/a/b',
      { password: 'own' },
      broken,
    );
    expect(found.password).toBe('own');
  });
});

function withoutGaps(found: object): object {
  return JSON.parse(JSON.stringify(found));
}

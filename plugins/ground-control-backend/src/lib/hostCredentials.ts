import {
  AzureIntegration,
  BitbucketCloudIntegration,
  BitbucketServerIntegration,
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  GerritIntegration,
  getBitbucketCloudOAuthToken,
  GiteaIntegration,
  ScmIntegration,
  ScmIntegrations,
} from '@backstage/integration';
import { GitCredentials } from '@ground-control/backstage-plugin-ground-control-node';

/** Asks for what an integration has for a URL of its host. */
export type AskHost = (
  integration: ScmIntegration,
  url: string,
) => Promise<GitCredentials | undefined>;

/** Without a password there is nothing to be let in by. */
function pair(
  username: string | undefined,
  password: string | undefined,
): GitCredentials | undefined {
  if (!password) return undefined;
  return username ? { username, password } : { password };
}

/**
 * Each host wants its tokens over basic auth with another user. Where any will
 * do, none is named, and the URL's counts.
 */
export function createHostCredentials(integrations: ScmIntegrations): AskHost {
  const github =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const gitlab =
    DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
  let azure: DefaultAzureDevOpsCredentialsProvider | undefined;

  return async (integration, url) => {
    switch (integration.type) {
      case 'github':
        return pair(
          'x-access-token',
          (await github.getCredentials({ url })).token,
        );
      case 'gitlab':
        return pair('oauth2', (await gitlab.getCredentials({ url })).token);
      case 'azure': {
        const { config } = integration as AzureIntegration;
        // Otherwise whatever this machine is signed in to would be tried.
        if (!config.credentials?.length) return undefined;
        azure ??=
          DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
        return pair(undefined, (await azure.getCredentials({ url }))?.token);
      }
      case 'bitbucketCloud':
        return askBitbucketCloud(integration as BitbucketCloudIntegration);
      case 'bitbucketServer': {
        const { token, username, password } = (
          integration as BitbucketServerIntegration
        ).config;
        return token
          ? pair(username ?? 'x-token-auth', token)
          : pair(username, password);
      }
      case 'gitea':
      case 'gerrit': {
        const { username, password } = (
          integration as GiteaIntegration | GerritIntegration
        ).config;
        return pair(username, password);
      }
      default:
        return undefined;
    }
  };
}

async function askBitbucketCloud({
  config,
}: BitbucketCloudIntegration): Promise<GitCredentials | undefined> {
  const { appPassword, clientId, clientSecret, token, username } = config;
  if (clientId && clientSecret) {
    const made = await getBitbucketCloudOAuthToken(clientId, clientSecret);
    return pair('x-token-auth', made);
  }
  if (!token) return pair(username, appPassword);
  // A person's token stands beside their e-mail address, which git may not give.
  return pair(username ? 'x-bitbucket-api-token-auth' : 'x-token-auth', token);
}

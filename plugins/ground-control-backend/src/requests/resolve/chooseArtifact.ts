import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { readBuild, readNewestBuild } from './readBuilds';
import { readCurrentRelease } from './readCurrentRelease';
import { quote } from '../../lib/cleanText';
import { refuse } from './refuse';
import { Refusal, ResolveOptions, Wish } from './types';

/** Which artifact a wish means, and where it comes from. */
export interface ChosenArtifact {
  artifactId: string;
  fromEnvironment?: string;
  ofBranch?: string;
}

type Choice = ChosenArtifact | { refusal: Refusal };

async function chooseNewest(
  options: ResolveOptions,
  wish: Wish,
  branch: string,
): Promise<Choice> {
  const build = await readNewestBuild(options.knex, key(options, wish), branch);
  return build
    ? { artifactId: build.artifact_id }
    : {
        refusal: refuse(
          'missing',
          `The branch ${quote(branch)} has no build of ${formatServiceRef(
            wish.service,
          )}`,
        ),
      };
}

/** What the nearest environment before runs; a service may use fewer of them. */
async function choosePromoted(
  options: ResolveOptions,
  wish: Wish,
): Promise<Choice> {
  const { knex, repository, environments, mainBranch } = options;
  const before = environments
    .slice(0, environments.indexOf(wish.environment))
    .reverse();
  if (before.length === 0) return chooseNewest(options, wish, mainBranch);
  for (const environment of before) {
    const current = await readCurrentRelease(knex, {
      repository,
      service: wish.service,
      environment,
    });
    if (current?.artifactId) {
      return { artifactId: current.artifactId, fromEnvironment: environment };
    }
  }
  return {
    refusal: refuse(
      'missing',
      `There is nothing to promote: ${formatServiceRef(
        wish.service,
      )} has no release in ${before.join(' or ')}`,
    ),
  };
}

/** Nobody asks for another artifact than the one that they were shown. */
function checkShown(choice: Choice, shown: string | undefined): Choice {
  if ('refusal' in choice || shown === undefined) return choice;
  return choice.artifactId === shown
    ? choice
    : {
        refusal: refuse(
          'changed',
          `It would be ${choice.artifactId} by now, and no longer ${quote(
            shown,
          )}. Look at it again in the form of the release, and ask there.`,
        ),
      };
}

/** Finds which artifact a wish other than a rollback means. */
export async function chooseArtifact(
  options: ResolveOptions,
  wish: Exclude<Wish, { intent: 'rollback' }>,
): Promise<Choice> {
  if (wish.intent === 'promote') {
    return checkShown(await choosePromoted(options, wish), wish.artifactId);
  }
  if (wish.intent === 'release-branch') {
    const choice = checkShown(
      await chooseNewest(options, wish, wish.branch),
      wish.artifactId,
    );
    return 'refusal' in choice ? choice : { ...choice, ofBranch: wish.branch };
  }
  const { artifactId } = wish;
  const build = await readBuild(options.knex, key(options, wish), artifactId);
  if (!build) {
    return {
      refusal: refuse(
        'missing',
        `There is no artifact ${quote(artifactId)} of ${formatServiceRef(
          wish.service,
        )}`,
      ),
    };
  }
  return {
    artifactId,
    ...(wish.intent === 'auto-release' && { ofBranch: wish.branch }),
  };
}

function key(options: ResolveOptions, wish: Wish) {
  return { repository: options.repository, service: wish.service };
}

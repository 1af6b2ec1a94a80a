const createConfig = require('@backstage/cli/config/eslint-factory');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const PLUGIN = '@ground-control/backstage-plugin-ground-control';

/**
 * Which of our packages each package may import. The direction is always from
 * the portal to the plugins, from a plugin to `-node`, and from there to
 * `-common`; nothing knows of the embedded world but tests.
 */
const MAY_IMPORT = {
  [`${PLUGIN}-common`]: [],
  [`${PLUGIN}-node`]: [`${PLUGIN}-common`],
  [`${PLUGIN}-backend`]: [`${PLUGIN}-common`, `${PLUGIN}-node`],
  '@ground-control/backstage-plugin-events-backend-module-ground-control': [
    `${PLUGIN}-common`,
  ],
  [PLUGIN]: [`${PLUGIN}-common`],
  '@internal/sandbox': [],
  '@internal/development-sign-in': [],
  '@internal/backbone-gateway-probe': [],
  '@internal/bench': [`${PLUGIN}-common`, '@internal/sandbox'],
  app: [
    PLUGIN,
    `${PLUGIN}/alpha`,
    `${PLUGIN}/danish`,
    '@internal/development-sign-in',
  ],
  'app-classic': [PLUGIN, `${PLUGIN}/danish`, '@internal/development-sign-in'],
  backend: [
    `${PLUGIN}-backend`,
    `${PLUGIN}-common`,
    '@ground-control/backstage-plugin-events-backend-module-ground-control',
  ],
};

/**
 * The features of the backend plugin, and which others each may import.
 * `plugin.ts` alone joins them.
 */
const FEATURE_MAY_IMPORT = {
  lib: [],
  database: ['lib'],
  gitops: ['lib', 'database'],
  artifacts: ['lib', 'database', 'gitops'],
  history: ['lib', 'database', 'gitops'],
  catalog: ['lib', 'database'],
  clusters: ['lib', 'database', 'permissions'],
  permissions: ['lib', 'database'],
  releases: ['lib', 'database', 'permissions', 'gitops', 'clusters'],
  http: [
    'lib',
    'database',
    'permissions',
    'releases',
    'catalog',
    'clusters',
    'gitops',
    'schema',
  ],
  schema: [],
};

function featureZones(dir) {
  const features = Object.keys(FEATURE_MAY_IMPORT);
  return features.flatMap(feature =>
    features
      .filter(
        other =>
          other !== feature && !FEATURE_MAY_IMPORT[feature].includes(other),
      )
      .map(other => ({
        target: join(dir, 'src', feature),
        from: join(dir, 'src', other),
        message: `${feature}/ may not import ${other}/; join them in plugin.ts.`,
      })),
  );
}

/** The ESLint configuration of one of our packages. */
module.exports = function packageRules(dir) {
  const { name } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  const allowed = MAY_IMPORT[name];
  if (!allowed) {
    throw new Error(
      `${name} has no line in scripts/eslint/packageRules.cjs: say there what it may import`,
    );
  }
  const isBackendPlugin = name === `${PLUGIN}-backend`;
  return createConfig(dir, {
    // Backstage's own patterns are strings, and ESLint takes no mixture, so
    // there is no place for a message: MAY_IMPORT above is the reason.
    restrictedImportPatterns: [
      '@ground-control/*',
      '@internal/*',
      ...allowed.map(other => `!${other}`),
    ],
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
    },
    rules: {
      // A property is an assertion, and so is waiting for what has to come:
      // both throw with what they saw instead.
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect', 'fc.assert', 'until', 'stateIs'] },
      ],
      ...(isBackendPlugin && {
        'import/no-restricted-paths': ['error', { zones: featureZones(dir) }],
      }),
    },
  });
};

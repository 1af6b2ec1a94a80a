import { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  ArtifactStore,
  ClusterLocator,
  groundControlArtifactStoreExtensionPoint,
  groundControlClusterLocatorExtensionPoint,
  groundControlLatencySourceExtensionPoint,
  groundControlLayoutExtensionPoint,
  groundControlLeadResolverExtensionPoint,
  groundControlPolicyExtensionPoint,
  groundControlSourceHistoryExtensionPoint,
  LatencySource,
  Layout,
  LeadResolver,
  ReleasePolicy,
  SourceHistory,
} from '@ground-control/backstage-plugin-ground-control-node';
import { releaseManagerLayout } from './gitops';

/** Of each of these there can be one, which takes the place of the built-in one. */
interface Replacements {
  artifactStore?: ArtifactStore;
  clusterLocator?: ClusterLocator;
  leads?: LeadResolver;
  sourceHistory?: SourceHistory;
}

/** What modules added; complete once the plugin is initialized. */
export interface Extensions extends Replacements {
  /** By id, with the built-in one. */
  layouts: ReadonlyMap<string, Layout>;
  latencySources: LatencySource[];
  policies: ReleasePolicy[];
}

/** Lets modules add to the plugin. */
export function registerExtensionPoints(
  env: Pick<BackendPluginRegistrationPoints, 'registerExtensionPoint'>,
): Extensions {
  const layouts = new Map([[releaseManagerLayout.id, releaseManagerLayout]]);
  const added: Extensions = { layouts, latencySources: [], policies: [] };
  const takeOne =
    <K extends keyof Replacements>(key: K, what: string) =>
    (value: Extensions[K]) => {
      if (added[key]) throw new InputError(`There can be only one ${what}`);
      added[key] = value;
    };
  env.registerExtensionPoint(groundControlLayoutExtensionPoint, {
    addLayout(layout) {
      if (layouts.has(layout.id)) {
        throw new InputError(`The layout ${layout.id} was added twice`);
      }
      layouts.set(layout.id, layout);
    },
  });
  env.registerExtensionPoint(groundControlArtifactStoreExtensionPoint, {
    setArtifactStore: takeOne('artifactStore', 'artifact store'),
  });
  env.registerExtensionPoint(groundControlClusterLocatorExtensionPoint, {
    setClusterLocator: takeOne('clusterLocator', 'cluster locator'),
  });
  env.registerExtensionPoint(groundControlSourceHistoryExtensionPoint, {
    setSourceHistory: takeOne('sourceHistory', 'source history'),
  });
  env.registerExtensionPoint(groundControlLeadResolverExtensionPoint, {
    setLeadResolver: takeOne('leads', 'lead resolver'),
  });
  env.registerExtensionPoint(groundControlLatencySourceExtensionPoint, {
    addLatencySource: source => added.latencySources.push(source),
  });
  env.registerExtensionPoint(groundControlPolicyExtensionPoint, {
    addPolicy: policy => added.policies.push(policy),
  });
  return added;
}

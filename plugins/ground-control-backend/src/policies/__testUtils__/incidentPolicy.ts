import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  groundControlPolicyExtensionPoint,
  ReleasePolicy,
} from '@ground-control/backstage-plugin-ground-control-node';

interface Incident {
  title: string;
}

/** Decides; a test needs no server for it. */
export function decideIncident(
  incidents: Incident[],
): Awaited<ReturnType<ReleasePolicy['judge']>> {
  const [incident] = incidents;
  if (!incident) {
    return {
      level: 'pass',
      title: 'No incident',
      reason: 'No incident of the service is open.',
      momentary: true,
      overridable: false,
    };
  }
  return {
    level: 'warning',
    title: 'An incident is open',
    reason: `“${incident.title}” is open.`,
    remedy: 'Wait for its end, or accept that the release comes on top.',
    momentary: true,
    overridable: false,
  };
}

/** Gathers what there is to decide on. */
export function createIncidentPolicy(baseUrl: string): ReleasePolicy {
  return {
    id: 'incident',
    async judge({ service, environment, intent }, { signal }) {
      // A rollback is what an incident needs.
      if (environment !== 'prod' || intent === 'rollback') return undefined;
      const url = new URL('open', baseUrl);
      url.searchParams.set('service', service.name);
      const response = await fetch(url, { signal });
      if (!response.ok)
        throw new Error(`incidents answered ${response.status}`);
      return decideIncident((await response.json()) as Incident[]);
    },
  };
}

/** Install it with `backend.add(incidentPolicyModule)`. */
export const incidentPolicyModule = createBackendModule({
  pluginId: 'ground-control',
  moduleId: 'incident-policy',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policies: groundControlPolicyExtensionPoint,
      },
      async init({ config, policies }) {
        const baseUrl = config.getString('incidents.url');
        policies.addPolicy(createIncidentPolicy(baseUrl));
      },
    });
  },
});

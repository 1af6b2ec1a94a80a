import { z } from 'zod';
import {
  FileFault,
  ServicePolicies,
} from '@ground-control/backstage-plugin-ground-control-node';
import { goJson } from './goJson';

// release-manager's own reader rejects unknown keys, and so must ours, or a
// file would look well here that stops it there.
const policySchema = z
  .object({
    service: z.string().optional(),
    autoReleases: z
      .array(
        z
          .object({
            id: z.string().optional(),
            branch: z.string(),
            environment: z.string(),
          })
          .strict(),
      )
      .nullish(),
    branchRestrictions: z
      .array(
        z
          .object({
            id: z.string().optional(),
            branchRegex: z.string(),
            environment: z.string(),
          })
          .strict(),
      )
      .nullish(),
  })
  .strict();

const STOPS =
  'Until it is mended, release-manager refuses every release of this service.';

function parse(content: Buffer): z.infer<typeof policySchema> | FileFault {
  const text = content.toString('utf8').trim();
  if (text === '') return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {
      fault: `The policies can't be read: the file is not JSON. ${STOPS}`,
    };
  }
  const parsed = policySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.join('.') || 'the top';
  const what =
    issue.code === 'unrecognized_keys'
      ? 'there is a key that release-manager does not know'
      : 'the value is missing or of the wrong kind';
  return {
    fault: `The policies can't be used: at ${where}, ${what}. ${STOPS}`,
  };
}

/**
 * Reads a `policies/<service>.json` of release-manager. An empty file means no
 * policies. A fault never quotes the file. Never throws.
 */
export function readPolicies(
  content: Buffer,
  service: string,
): ServicePolicies | FileFault {
  const read = parse(content);
  if ('fault' in read) return read;
  if (read.service && read.service !== service) {
    return {
      fault: `The policies name another service than the file does. Rename the file, or mend its "service".`,
    };
  }
  // Ids are made of what stands beside them, so they say nothing new.
  return {
    autoReleases: (read.autoReleases ?? []).map(({ branch, environment }) => ({
      branch,
      environment,
    })),
    branchRestrictions: (read.branchRestrictions ?? []).map(
      ({ branchRegex, environment }) => ({ branchRegex, environment }),
    ),
  };
}

function orOmit<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** The pair of {@link readPolicies}, byte for byte as release-manager writes it. */
export function formatPolicies(
  service: string,
  policies: ServicePolicies,
): Buffer {
  const { autoReleases, branchRestrictions } = policies;
  return Buffer.from(
    goJson({
      service,
      autoReleases: orOmit(
        autoReleases.map(({ branch, environment }) => ({
          id: `auto-release-${branch}-${environment}`,
          branch,
          environment,
        })),
      ),
      branchRestrictions: orOmit(
        branchRestrictions.map(({ branchRegex, environment }) => ({
          id: `branch-restriction-${environment}`,
          branchRegex,
          environment,
        })),
      ),
    }),
  );
}

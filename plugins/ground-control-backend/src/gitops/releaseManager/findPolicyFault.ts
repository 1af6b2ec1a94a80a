import { z } from 'zod';
import { FileFault } from '@ground-control/backstage-plugin-ground-control-node';

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

/**
 * Says what is wrong with a `policies/<service>.json` of release-manager, or
 * nothing. An empty file means no policies. The file is never quoted.
 */
export function findPolicyFault(
  content: Buffer,
  service?: string,
): FileFault | undefined {
  const text = content.toString('utf8').trim();
  // Ground Control's own file is of another form.
  if (text === '' || service === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {
      fault: `The policies can't be read: the file is not JSON. Until it is mended, release-manager refuses every release of this service.`,
    };
  }
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue.path.join('.') || 'the top';
    return {
      fault: `The policies can't be used: at ${where}, ${
        issue.code === 'unrecognized_keys'
          ? 'there is a key that release-manager does not know'
          : 'the value is missing or of the wrong kind'
      }. Until it is mended, release-manager refuses every release of this service.`,
    };
  }
  if (parsed.data.service && parsed.data.service !== service) {
    return {
      fault: `The policies name another service than the file does. Rename the file, or mend its "service".`,
    };
  }
  return undefined;
}

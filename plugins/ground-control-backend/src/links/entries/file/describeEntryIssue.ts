import { ZodIssue } from 'zod';

/** What belongs where; never what stands there, which may be a secret. */
const EXPECTED: Record<string, string> = {
  hostName:
    'the name of a Service: letters in lower case, digits and - between them, 63 at most together with - and the environment',
  dnsName: 'a host name in lower case, such as resource-a.azurewebsites.net',
  environment: 'the name of a cluster, as the Links to it have it',
  squad: 'the name of a Group of the catalog',
  service: 'the name of a Service: letters in lower case, digits and -',
  namespace: 'the name of a namespace: letters in lower case, digits and -',
  cluster: 'the name of a cluster',
  port: 'a whole number from 1 to 65535, without quotes',
};

/** The keys of the entries of each list. */
export const KEYS = {
  targets: 'hostName, dnsName, environment and squad',
  ingress: 'service, namespace, cluster, squad and port',
};

/** Says what is wrong at a place of an entry, and what to do, without quoting it. */
export function describeEntryIssue(
  issue: ZodIssue,
  list: keyof typeof KEYS,
): { path: Array<string | number>; message: string } {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return {
      path: [...path, issue.keys[0]],
      message: `there is a key that is not known here; known are ${KEYS[list]}`,
    };
  }
  const key = String(path[0] ?? '');
  const isMissing =
    issue.code === 'invalid_type' && issue.received === 'undefined';
  return {
    path,
    message: isMissing
      ? `the key ${key} is missing; write ${EXPECTED[key]}`
      : `the value of ${key} must be ${EXPECTED[key]}`,
  };
}

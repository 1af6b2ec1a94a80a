import {
  Permit,
  Policies,
  PolicyDocument,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Pause } from '../gather/readPauses';
import { buildEnvironmentPolicies } from './buildEnvironmentPolicies';
import { findSubjectLevels } from './findSubjectLevels';
import { PolicyStateOptions } from './readPolicyState';
import { readSection } from './readSection';
import { pathOfSection } from './resolveSection';
import { SubjectFacts, SubjectFile } from './SubjectReader';

function buildDocument(
  { path, file, fault }: SubjectFile,
  edit: Permit,
): PolicyDocument {
  return {
    path,
    object: file?.object ?? null,
    text: '',
    ...(fault !== undefined && { fault }),
    edit,
  };
}

/** Builds the answer of what is known of a subject's policies. */
export function buildPolicies(
  facts: SubjectFacts,
  options: PolicyStateOptions & {
    permits: { rules: Permit; service: Permit };
    /** Of a service. */
    pauses: readonly Pause[];
    now: Date;
  },
): Policies {
  const { subject, squadRef, revision, rules, service } = facts;
  const { permits, environments } = options;
  const content = rules.file?.content;
  const isReadable = content !== undefined && rules.fault === undefined;
  const written = isReadable
    ? readSection(content, pathOfSection(rules.section))
    : undefined;
  const levels = findSubjectLevels(rules.read, {
    subject,
    squadRef,
    settings: options.settings,
  });
  return {
    asOf: options.now.toISOString(),
    revision,
    subject,
    ...(squadRef !== undefined && { squad: squadRef }),
    environments: environments.map(environment =>
      buildEnvironmentPolicies(environment, {
        ...options,
        levels,
        ofService: service?.read,
      }),
    ),
    rules: {
      ...buildDocument(rules, permits.rules),
      ...(rules.section.of !== 'defaults' && { name: rules.section.name }),
      text: written?.text ?? '',
      ...(written?.line !== undefined && { line: written.line }),
      ...(rules.fault === undefined && { says: written?.says ?? {} }),
    },
    ...(service && {
      service: {
        ...buildDocument(service, permits.service),
        text: service.fault === undefined ? readText(service) : '',
      },
    }),
  };
}

function readText({ file }: SubjectFile): string {
  return file?.content?.toString('utf8') ?? '';
}

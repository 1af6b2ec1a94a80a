import {
  PolicyEdit,
  PolicyEffect,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { NO_POLICY_FILE, PolicyFile, readPolicyFile } from '../file';
import { PoliciesSettings } from '../readPoliciesConfig';
import { decideEffects, EnvironmentState } from './decideEffects';
import { findSubjectLevels, mergeLevels } from './findSubjectLevels';

/** What policies are read with. */
export interface PolicyStateOptions {
  layout: Layout;
  /** In the order of promotion. */
  environments: string[];
  settings: PoliciesSettings;
}

/** Whose policies a change is about. */
export function subjectOf(edit: PolicyEdit): PolicySubject {
  return edit.kind === 'rules'
    ? edit.subject
    : { level: 'service', service: edit.service };
}

/** What a file of rules makes of the rules that hold for a subject. */
function readRuleStates(
  file: PolicyFile,
  options: PolicyStateOptions & { subject: PolicySubject; squadRef?: string },
): EnvironmentState[] {
  const { environments } = options;
  const levels = findSubjectLevels(file, options);
  return environments.map(environment => ({
    environment,
    rules: mergeLevels(levels, environment, environments),
  }));
}

/** What a service's own file says, with no rules of the other one. */
function readServiceStates(
  content: Buffer,
  service: string,
  options: PolicyStateOptions,
): EnvironmentState[] {
  const { layout, environments, settings } = options;
  const policies = layout.readPolicies(content, service);
  const known = 'fault' in policies ? undefined : policies;
  const none = findSubjectLevels(NO_POLICY_FILE, {
    subject: { level: 'defaults' },
    settings,
  });
  return environments.map(environment => {
    const isHere = (one: { environment: string }) =>
      one.environment === environment;
    // Those of app-config take their place, so that nothing changes.
    const isGlobal = settings.branchRestrictions.some(isHere);
    return {
      environment,
      rules: mergeLevels(none, environment, environments),
      branchRestriction: isGlobal
        ? undefined
        : known?.branchRestrictions.find(isHere)?.branchRegex,
      autoRelease: known?.autoReleases.find(isHere)?.branch,
    };
  });
}

/** Tells what it makes of the policies that hold when a file says something else. */
export function compareContents(
  edit: PolicyEdit,
  contents: { before?: Buffer; after?: Buffer },
  options: PolicyStateOptions & { squadRef?: string },
): PolicyEffect[] {
  const read = (content: Buffer = Buffer.alloc(0)) =>
    edit.kind === 'rules'
      ? readRuleStates(readPolicyFile(content, options.environments), {
          ...options,
          subject: edit.subject,
        })
      : readServiceStates(content, edit.service.name, options);
  const after = read(contents.after);
  return read(contents.before).flatMap((state, i) =>
    decideEffects(state, after[i]),
  );
}

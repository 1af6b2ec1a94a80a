import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { formatChangeMessage } from '../../gitops/formatChangeMessage';
import { RepositoryFiles } from '../../gitops/MirrorFiles';
import { isPlainName } from '../../gitops/isPlainName';
import { POLICY_FILE } from '../file';
import { PoliciesSettings } from '../readPoliciesConfig';
import { changeRules } from './changeRules';
import { changeServicePolicies } from './changeServicePolicies';
import {
  ChangedFile,
  PolicyActors,
  PolicyChange,
  PolicyMessage,
  PolicyPlan,
} from './types';

export interface PolicyEditorOptions {
  files: RepositoryFiles;
  layout: Layout;
  /** In the order of promotion. */
  environments: string[];
  settings: Pick<PoliciesSettings, 'branchRestrictions'>;
}

/**
 * Makes commits that change policies. It doesn't ask who may: that is decided
 * before. The plan is of one commit of the branch; where the branch has moved
 * when it is pushed, the change is planned anew.
 */
export class PolicyEditor {
  constructor(private readonly options: PolicyEditorOptions) {}

  /** Throws where the config repository can't be read now. */
  async plan(
    change: PolicyChange,
    actors: PolicyActors,
    options: { now: Date; signal?: AbortSignal } & PolicyMessage,
  ): Promise<PolicyPlan> {
    const { files, layout } = this.options;
    const fault = this.#findFault(change);
    if (fault) return { kind: 'refused', message: fault };
    const path =
      change.kind === 'rules'
        ? POLICY_FILE
        : layout.formatPolicyPath(change.service);
    const read = await files.readFiles([path], options);
    const [file] = read.files;
    if (file?.fault !== undefined) {
      return {
        kind: 'refused',
        message: `${path} can't be changed: ${file.fault}. It has to be mended by hand.`,
      };
    }
    const changed = this.#change(change, file?.content);
    if (changed.kind !== 'changed') return changed;
    const { title, mode, content } = changed;
    return {
      kind: 'plan',
      base: read.revision,
      path,
      object: file?.object ?? null,
      plan: {
        message: formatChangeMessage({
          title,
          changedBy: actors.changedBy,
          reason: options.reason,
          trailers: options.trailers,
        }),
        changes: [
          content === null
            ? { kind: 'remove', path }
            : { kind: 'put', path, mode, content },
        ],
        author: actors.author,
        committer: actors.committer,
        at: options.now,
      },
    };
  }

  #findFault(change: PolicyChange): string | undefined {
    if (change.kind === 'rules') return undefined;
    const { environments } = this.options;
    // It becomes a path and a title.
    if (!isPlainName(change.service)) {
      return `The service has a name that none can have.`;
    }
    return environments.includes(change.environment)
      ? undefined
      : `There is no such environment; there are ${environments.join(', ')}.`;
  }

  #change(change: PolicyChange, content: Buffer | undefined): ChangedFile {
    const { environments, layout, settings } = this.options;
    return change.kind === 'rules'
      ? changeRules(change, { content, environments })
      : changeServicePolicies(change, {
          layout,
          content,
          global: settings.branchRestrictions,
        });
  }
}

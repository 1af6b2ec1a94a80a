import {
  GitIdentity,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { RepositoryFiles } from '../../gitops/MirrorFiles';
import { isPlainName } from '../../gitops/isPlainName';
import { cleanText } from '../../lib/cleanText';
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

/** A value of a trailer stays on its line, and its angle brackets are the address's. */
function formatIdentity({ name, email }: GitIdentity): string {
  const part = (text: string) => cleanText(text, 200).replace(/[<>]/g, '');
  return `${part(name)} <${part(email)}>`;
}

const LONGEST_REASON = 500;

/**
 * The reason is one paragraph of its own, and the trailers are the last: no
 * word of it can become one.
 */
function formatMessage(
  title: string,
  changedBy: GitIdentity,
  { reason, trailers = [] }: PolicyMessage,
): string {
  const why = cleanText(reason ?? '', LONGEST_REASON);
  const lines = [['Changed-by', formatIdentity(changedBy)], ...trailers].map(
    ([key, value]) => `${key}: ${value}`,
  );
  return [title, ...(why ? [why] : []), lines.join('\n')]
    .join('\n\n')
    .concat('\n');
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
        message: formatMessage(title, actors.changedBy, options),
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

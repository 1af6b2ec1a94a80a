import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  FileDiff,
  Permit,
  PolicyEdit,
  PolicyEffect,
  PolicyFault,
  PolicyLevelRules,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import { readPolicyFile } from '../file';
import { buildPolicyDiff } from './buildPolicyDiff';
import { EditingRights } from './EditingRights';
import { findFloorFaults } from './findFloorFaults';
import { findSubjectLevels } from './findSubjectLevels';
import { PolicyEditor } from './PolicyEditor';
import {
  compareContents,
  PolicyStateOptions,
  subjectOf,
} from './readPolicyState';
import { SubjectFacts, SubjectFile, SubjectReader } from './SubjectReader';
import { PolicyChange, RuleSection } from './types';

/** All that is known of a change before it is made. */
export interface ExaminedEdit {
  facts: SubjectFacts;
  file: SubjectFile;
  change: PolicyChange;
  outcome: 'change' | 'unchanged' | 'refused';
  faults: PolicyFault[];
  notes: string[];
  effects: PolicyEffect[];
  diff?: FileDiff;
  apply: Permit;
}

export interface EditExaminerOptions extends PolicyStateOptions {
  reader: SubjectReader;
  rights: EditingRights;
  editor: PolicyEditor;
  now(): Date;
}

/** Nobody's: a plan that is only looked at is no commit. */
const NOBODY = { name: '', email: '' };
const CONTEXT = 3;

/** What says nothing isn't written. */
function prune(rules: PolicyLevelRules | null): PolicyLevelRules | null {
  const { environments = {}, freeze = [], ...others } = rules ?? {};
  const said = Object.entries(environments).filter(
    ([, of]) => !(of && Object.keys(of).length === 0),
  );
  const pruned = {
    ...others,
    ...(said.length > 0 && { environments: Object.fromEntries(said) }),
    ...(freeze.length > 0 && { freeze }),
  };
  return Object.keys(pruned).length === 0 ? null : pruned;
}

function toChange(edit: PolicyEdit, section: RuleSection): PolicyChange {
  return edit.kind === 'rules'
    ? { kind: 'rules', section, rules: prune(edit.rules) }
    : { ...edit, service: edit.service.name };
}

/** Finds out what a change would come to, and whether somebody may make it. */
export class EditExaminer {
  constructor(private readonly options: EditExaminerOptions) {}

  async examine(
    credentials: BackstageCredentials,
    edit: PolicyEdit,
  ): Promise<ExaminedEdit> {
    const { editor, reader, rights, now } = this.options;
    const facts = await reader.read(credentials, subjectOf(edit));
    const file = edit.kind === 'rules' ? facts.rules : facts.service!;
    const change = toChange(edit, facts.rules.section);
    const permit = await rights.permit(
      credentials,
      facts.access,
      file.target,
      file.fault,
    );
    const examined = {
      facts,
      file,
      change,
      faults: [],
      notes: [],
      effects: [],
      apply: permit,
    };
    const planned = await editor.plan(
      change,
      { changedBy: NOBODY, author: NOBODY, committer: NOBODY },
      { now: now() },
    );
    if (planned.kind === 'unchanged') {
      return { ...examined, outcome: 'unchanged' };
    }
    if (planned.kind === 'refused') {
      const { message, faults = [{ message }] } = planned;
      return { ...examined, outcome: 'refused', faults };
    }
    const [written] = planned.plan.changes;
    const after = written.kind === 'put' ? written.content : undefined;
    const contents = { before: file.file?.content, after };
    const effects = compareContents(edit, contents, {
      ...this.options,
      squadRef: facts.squadRef,
    });
    const { faults, notes } = this.#findFloorFaults(change, facts, after);
    const own = await rights.permitEffects(credentials, file.target, effects);
    return {
      ...examined,
      outcome: faults.length > 0 ? 'refused' : 'change',
      faults,
      notes,
      effects,
      diff: buildPolicyDiff(
        file.path,
        contents,
        // Beside a part stand others', which not everybody may see.
        facts.access.repository ? CONTEXT : 0,
      ),
      apply: permit.allowed ? own : permit,
    };
  }

  #findFloorFaults(
    change: PolicyChange,
    { subject, squadRef }: { subject: PolicySubject; squadRef?: string },
    after: Buffer | undefined,
  ) {
    const { environments, settings } = this.options;
    if (change.kind !== 'rules' || !after) return { faults: [], notes: [] };
    const read = readPolicyFile(after, environments);
    const { section } = change;
    const own = () => {
      if (section.of === 'defaults') return read.defaults;
      const levels = section.of === 'squad' ? read.squads : read.services;
      return levels.find(({ name }) => name === section.name);
    };
    const level = own()?.level;
    if (!level) return { faults: [], notes: [] };
    const levels = findSubjectLevels(read, { subject, squadRef, settings });
    return findFloorFaults(level, levels, environments);
  }
}

import {
  ChangePolicies,
  EnvironmentPolicies,
  Permit,
  Policies,
  POLICY_RULES,
  PolicyChanged,
  PolicyEdit,
  PolicyLevelRules,
  PolicyPreview,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import { makeRefusal } from './FixtureRequests';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const FILE = 'ground-control.yaml';
const BUILT_IN = ['1', 'false', 'false', '0m', 'warn', 'warn', 'off', 'off'];

function makeEnvironment(environment: string): EnvironmentPolicies {
  const isProd = environment === 'prod';
  return {
    environment,
    rules: POLICY_RULES.map((rule, i) => ({
      rule,
      value: isProd && rule === 'approvals' ? '2' : BUILT_IN[i],
      ...(isProd &&
        rule === 'approvals' && {
          source: { file: FILE, line: 8, text: 'approvals: 2' },
        }),
      stated:
        isProd && rule === 'approvals'
          ? [
              { place: 'floor', value: '1', source: { file: 'app-config' } },
              { place: 'squad', value: '2', source: { file: FILE, line: 8 } },
            ]
          : [],
    })),
    freezes: isProd
      ? [
          {
            place: 'defaults',
            value: 'fri 16:00 to mon 08:00 Europe/Copenhagen',
            reason: 'Weekend',
            source: { file: FILE, line: 4 },
          },
        ]
      : [],
    branchRestrictions: isProd
      ? [
          {
            branchRegex: '^master$',
            source: { file: 'policies/ledger-api.json', line: 5 },
          },
        ]
      : [],
  };
}

/** Policies of a backend in memory. */
export class FixturePolicies {
  object = 'a'.repeat(40);
  edit: Permit = { allowed: true };
  fault?: string;
  says: PolicyLevelRules = { environments: { prod: { approvals: 2 } } };
  /** What was sent, in order. */
  readonly sent: ChangePolicies[] = [];
  /** What a change comes to, beside the usual. */
  outcome: Partial<PolicyPreview> = {};
  failure?: Error;
  /** Of a service's auto-release to prod. */
  pause?: EnvironmentPolicies['autoReleasePause'];

  constructor(private readonly now: number) {}

  read(subject: PolicySubject): Policies {
    const document = {
      object: this.object,
      text: '  squad-ledger:\n    environments:\n      prod: { approvals: 2 }',
      edit: this.edit,
      ...(this.fault !== undefined && { fault: this.fault }),
    };
    const isService = subject.level === 'service';
    if (isService && subject.service.name === 'nobody') {
      throw makeRefusal(404, 'There is no service "nobody"');
    }
    return {
      asOf: new Date(this.now).toISOString(),
      revision: 'c'.repeat(40),
      subject,
      ...(isService && { squad: 'group:default/ledger' }),
      environments: ENVIRONMENTS.map(environment => ({
        ...makeEnvironment(environment),
        ...(isService &&
          environment === 'prod' &&
          this.pause && { autoReleasePause: this.pause }),
      })),
      rules: { ...document, path: FILE, says: this.says, line: 6 },
      ...(isService && {
        service: {
          ...document,
          path: 'policies/ledger-api.json',
          text: '',
          ...(this.fault !== undefined && { fault: `Own: ${this.fault}` }),
        },
      }),
    };
  }

  preview(change: PolicyEdit): PolicyPreview {
    const isSame =
      change.kind === 'rules' &&
      JSON.stringify(change.rules) === JSON.stringify(this.says);
    return {
      asOf: new Date(this.now).toISOString(),
      object: this.object,
      outcome: isSame ? 'unchanged' : 'change',
      faults: [],
      notes: [],
      effects: isSame
        ? []
        : [
            {
              environment: 'prod',
              rule: 'approvals',
              before: '2',
              after: '1',
              direction: 'laxer',
              approvalsRemoved: true,
            },
          ],
      ...(!isSame && {
        diff: {
          path: FILE,
          change: 'modified' as const,
          added: 1,
          removed: 1,
          hunks: [
            {
              oldStart: 8,
              newStart: 8,
              lines: ['-      prod: { approvals: 2 }', '+      prod: { … }'],
            },
          ],
        },
      }),
      apply: this.edit,
      ...this.outcome,
    };
  }

  change(change: ChangePolicies): PolicyChanged {
    this.sent.push(change);
    if (this.failure) throw this.failure;
    const { effects } = this.preview(change.change);
    return {
      asOf: new Date(this.now).toISOString(),
      revision: 'd'.repeat(40),
      effects,
    };
  }
}

import { ConfigReader } from '@backstage/config';
import { readPoliciesConfig } from './readPoliciesConfig';

const ENVIRONMENTS = ['dev', 'prod'];
const read = (value: object) =>
  readPoliciesConfig(new ConfigReader(value as never), ENVIRONMENTS);

describe('readPoliciesConfig', () => {
  it('reads the floor and the restrictions of all', () => {
    const { floor, branchRestrictions } = read({
      floor: {
        environments: { prod: { approvals: 1, soak: '30m', links: 'warn' } },
      },
      branchRestrictions: [{ environment: 'prod', branchRegex: '^master$' }],
    });
    expect(floor.environments.get('prod')).toMatchObject({
      approvals: {
        value: 1,
        rule: { text: 'approvals: 1', keptBy: 'platform' },
      },
      soakMs: { value: 1_800_000 },
      links: { value: 'warn', rule: { text: 'links: warn' } },
    });
    expect(branchRestrictions).toEqual([
      {
        environment: 'prod',
        value: '^master$',
        rule: { file: 'app-config', text: '^master$', keptBy: 'platform' },
      },
    ]);
  });

  it('needs none', () => {
    const { floor, branchRestrictions } = readPoliciesConfig(
      undefined,
      ENVIRONMENTS,
    );
    expect(floor.environments.size).toBe(0);
    expect(branchRestrictions).toEqual([]);
  });

  it.each([
    [
      { floor: { environments: { prod: { approvals: 9 } } } },
      /floor.environments.prod.approvals, the value of approvals must be a whole number from 0 to 3/,
    ],
    [
      { floor: { environments: { prd: { approvals: 1 } } } },
      /it has dev, prod/,
    ],
    [
      { floor: { environments: { prod: { links: 'high' } } } },
      /prod.links, the value of links must be warn, block or off/,
    ],
    [{ floor: { approval: 1 } }, /known are environments and freeze/],
    [{ floor: [] }, /floor/],
    [
      { branchRestrictions: [{ environment: 'prod', branchRegex: '(?=x)' }] },
      /not RE2/,
    ],
    [
      { branchRestrictions: [{ environment: 'live', branchRegex: 'x' }] },
      /it has dev, prod/,
    ],
    [{ branchRestrictions: { prod: 'x' } }, /must be a list/],
  ])('refuses %j', (value, message) => {
    expect(() => read(value)).toThrow(message);
  });
});

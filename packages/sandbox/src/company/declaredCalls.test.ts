import { buildCompany } from './buildCompany.ts';
import { declaredCalls } from './declaredCalls.ts';

const company = (seed: number, services = 450) =>
  buildCompany({
    seed,
    squads: 24,
    services,
    clusters: 7,
    environments: ['dev', 'staging', 'prod'],
  });

describe('calls that the catalog knows of', () => {
  it('are a few for each squad, to services of others', () => {
    const bank = company(1);
    const { dependsOn, consumes, providers } = declaredCalls(bank);
    const byName = new Map(bank.services.map(one => [one.name, one]));
    const squads = new Map<string, number>();
    for (const [caller, callees] of [...dependsOn, ...consumes]) {
      const { squad } = byName.get(caller)!;
      squads.set(squad.name, (squads.get(squad.name) ?? 0) + callees.length);
      for (const callee of callees) {
        expect(byName.get(callee)!.squad).not.toBe(squad);
      }
    }
    expect(squads.size).toBe(24);
    expect(Math.max(...squads.values())).toBeLessThanOrEqual(6);
    const names = new Set(providers.map(({ name }) => name));
    expect([...consumes.values()].flat().every(name => names.has(name))).toBe(
      true,
    );
  });

  it('are the same for the same seed, and others for another', () => {
    expect(declaredCalls(company(1))).toEqual(declaredCalls(company(1)));
    expect(declaredCalls(company(2)).dependsOn).not.toEqual(
      declaredCalls(company(1)).dependsOn,
    );
  });
});

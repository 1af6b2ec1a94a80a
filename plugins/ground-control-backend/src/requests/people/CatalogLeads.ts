import { LeadResolver } from '@ground-control/backstage-plugin-ground-control-node';
import { parseSquad } from '../../catalog/parseEntity';
import { CatalogPeople } from './CatalogPeople';

/**
 * Leads as the annotation `ground-control.dev/leads` of the squad's Group
 * names them: users, or groups whose members they are. Who isn't in the catalog
 * any more leads nothing, though their token may live on.
 */
export class CatalogLeads implements LeadResolver {
  constructor(private readonly people: CatalogPeople) {}

  async resolveLeads(squad: string): Promise<string[]> {
    const group = await this.people.readGroup(squad);
    if (!group) return [];
    const { leads } = parseSquad(group);
    const isUser = (ref: string) => ref.startsWith('user:');
    const users = this.people.findUsers(leads.filter(isUser));
    const found = await Promise.all(
      leads.map(async ref => {
        if (isUser(ref)) return (await users).includes(ref) ? [ref] : [];
        const leading = await this.people.readGroup(ref);
        return leading ? this.people.readMembers(leading) : [];
      }),
    );
    return [...new Set(found.flat())];
  }
}

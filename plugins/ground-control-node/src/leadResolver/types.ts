/**
 * Tells who leads a squad, when a decision is made.
 *
 * @public
 */
export interface LeadResolver {
  /**
   * @param squad - entity ref of the Group, in lower case
   * @returns entity refs of Users, in lower case; none where nobody leads it
   * @throws when it can't tell, and nobody may decide then
   */
  resolveLeads(
    squad: string,
    options: { signal?: AbortSignal },
  ): Promise<string[]>;
}

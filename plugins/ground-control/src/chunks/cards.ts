/** The cards: they stand on pages that aren't ours, and are made of the same parts. */
export { SquadStateCard } from '../entity/SquadStateCard';
export { WhereItRunsCard } from '../entity/WhereItRunsCard';

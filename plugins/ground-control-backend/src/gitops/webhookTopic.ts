/** The topic that the events module publishes under: there may be news in a repository. */
export const WEBHOOK_TOPIC = 'ground-control.config-repository';

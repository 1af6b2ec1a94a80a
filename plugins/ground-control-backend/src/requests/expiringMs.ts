/**
 * A request that ends within so many milliseconds is urgent: people are told
 * of it, and it comes before others that wait.
 */
export const EXPIRING_MS = 60 * 60_000;

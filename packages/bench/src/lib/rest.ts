/** Waits so many milliseconds. */
export const rest = (ms: number) =>
  new Promise(resolve => setTimeout(resolve, ms));

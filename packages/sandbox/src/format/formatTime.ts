/**
 * A time as Go writes it in JSON: nanoseconds without trailing zeros. Clocks
 * of CI jobs don't stand at full seconds, so the fraction is given too.
 */
export function formatTime(seconds: number, nanoseconds = 0): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  const fraction = String(nanoseconds).padStart(9, '0').replace(/0+$/, '');
  return fraction ? `${whole}.${fraction}Z` : `${whole}Z`;
}

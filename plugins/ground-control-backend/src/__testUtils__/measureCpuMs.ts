/**
 * Milliseconds of a core that something takes. Unlike those of a clock they
 * don't grow while the machine does something else.
 */
export function measureCpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * Says for people why a round failed on our side. The error's own words stay
 * in the log: a database repeats whole statements in them.
 */
export function describeFault(error: unknown): string {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  const why =
    code !== undefined && syscall !== undefined
      ? `the folder of its mirror can't be used (${code}). Check groundControl.configRepository.mirrorDirectory, who may write there, and the disk`
      : `something failed in this backend or its database. Its log says what`;
  return `The config repository can't be read up to its newest commit: ${why}. It is tried again by itself.`;
}

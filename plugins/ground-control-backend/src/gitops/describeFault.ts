/** A repository that is read, as people are told of it. */
export interface NamedRepository {
  /** At the start of a sentence. */
  name: string;
  /** The path of its settings in the config. */
  where: string;
}

const CONFIG_REPOSITORY: NamedRepository = {
  name: 'The config repository',
  where: 'groundControl.configRepository',
};

/**
 * Says for people why a round failed on our side. The error's own words stay
 * in the log: a database repeats whole statements in them.
 */
export function describeFault(
  error: unknown,
  { name, where } = CONFIG_REPOSITORY,
): string {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  const why =
    code !== undefined && syscall !== undefined
      ? `the folder of its mirror can't be used (${code}). Check ${where}.mirrorDirectory, who may write there, and the disk`
      : `something failed in this backend or its database. Its log says what`;
  return `${name} can't be read up to its newest commit: ${why}. It is tried again by itself.`;
}

/** Asks until what is answered is enough; says what it was last, if it never is. */
export async function until<T>(
  ask: () => Promise<T>,
  isEnough: (value: T) => boolean,
  within = 90_000,
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const value = await ask();
    if (isEnough(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`It never happened: ${JSON.stringify(value, null, 1)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 15));
  }
}

/** Looks ten times a second until it has come, and throws when it doesn't. */
export async function until(
  look: () => Promise<boolean>,
  ms = 90_000,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`it did not come: ${look}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

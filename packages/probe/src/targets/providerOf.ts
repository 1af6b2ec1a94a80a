/** The provider of a target cluster; `unknown` where nobody said it. */
export function providerOf(
  name: string,
  providers: Readonly<Record<string, string>>,
): string {
  // A cluster may be called as what every object has.
  return Object.hasOwn(providers, name) ? providers[name] : 'unknown';
}

const LABELS: Record<string, string> = {
  aws: 'AWS',
  azure: 'Azure',
  gcp: 'GCP',
};

/** Who runs a cluster, as people write it: names of companies, in no language. */
export function describeProvider(provider: string): string {
  return LABELS[provider.toLowerCase()] ?? provider;
}

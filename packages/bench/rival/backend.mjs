// The rival way, for comparison: Backstage's own Kubernetes backend, which asks
// the clusters for each view. Run by the benchmarks with a config of its own.
import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.start().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

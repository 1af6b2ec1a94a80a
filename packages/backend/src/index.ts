import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('./modules/developmentSignIn'));
backend.add(import('./modules/permissionPolicy'));

backend.add(
  import(
    '@ground-control/backstage-plugin-events-backend-module-ground-control'
  ),
);
backend.add(import('@ground-control/backstage-plugin-ground-control-backend'));

// A backend that can't start must end, so that whatever runs it notices: the
// server and other plugins' timers would keep it alive, answering nothing.
backend.start().catch((error: Error) => {
  process.stderr.write(`The backend could not start. ${error.message}\n`);
  process.exit(1);
});

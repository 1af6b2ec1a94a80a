import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { groundControlDanish } from '@ground-control/backstage-plugin-ground-control/danish';

/** Ground Control in Danish, for who chooses it in the settings. */
export const danishModule = createFrontendModule({
  pluginId: 'app',
  extensions: groundControlDanish.map(resource =>
    TranslationBlueprint.make({ name: resource.id, params: { resource } }),
  ),
});

import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { danishModule } from './modules/danish';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

/**
 * The portal on the new frontend system. Plugins are found by their being
 * dependencies of this package (`app.packages: all`).
 */
export default createApp({
  features: [catalogPlugin, danishModule, homeModule, navModule, signInModule],
});

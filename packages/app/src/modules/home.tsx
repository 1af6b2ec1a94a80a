import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { Navigate } from 'react-router-dom';

/** The portal opens on the release board. */
const start = PageBlueprint.make({
  name: 'start',
  params: {
    path: '/',
    loader: async () => <Navigate to="/releases" replace />,
  },
});

export const homeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [start],
});

export { CatalogService } from './CatalogService';
export type { CatalogServiceOptions } from './CatalogService';

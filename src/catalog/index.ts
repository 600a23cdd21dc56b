export {
  type Catalog,
  type CatalogEntry,
  type CatalogOptions,
  type CatalogStore,
  createCatalog,
  type SnapshotOptions,
} from './catalog.ts';

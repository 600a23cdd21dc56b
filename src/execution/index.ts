export { type BulkheadLimits, DEFAULT_BULKHEAD, withBulkhead } from './bulkhead.ts';
export { uniqueColumnNames } from './column-names.ts';
export { datasourceOfFile, parseConnectionUrl } from './connection-url.ts';
export {
  type BinaryCell,
  type Cell,
  type Datasource,
  type ExplainNode,
  type ExplainResult,
  type ResultColumn,
  type ResultSet,
  RUN_FAILURE_CODES,
  type RunFailure,
  type RunFailureCode,
  type RunOptions,
} from './datasource.ts';
export type { DatasourceDeps } from './datasource-kind.ts';
export { makeSchema } from './fingerprint.ts';
export { datasourcesOfNamespace, type NamedDatasource, type NamespaceContext } from './namespace-forms.ts';
export { observedType } from './observed-type.ts';
export {
  DATASOURCE_KINDS,
  type DatasourceConfig,
  type DatasourceKindName,
  datasourceConfig,
  openDatasource,
  withoutSecrets,
} from './registry.ts';

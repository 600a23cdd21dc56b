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

/** The content of the pipeline's steps, and of the tools that work on one table or on the vector tables. */
import type { Step, StepName } from '../step.ts';
import { ddlGeneration } from './ddl/ddl-generation.ts';
import { qaGeneration } from './questions/qa-generation.ts';
import { trainingLoad } from './training/training-load.ts';
import { sqlValidation } from './validation/sql-validation.ts';

export {
  type DescribeTableOptions,
  describeTable,
  type TableDescription,
  type TableField,
} from './ddl/describe-table.ts';
export {
  type BackupOptions,
  backupVectorTables,
  type VectorManagementResult,
} from './vectors/backup-vector-tables.ts';
export { type RestoreOptions, restoreVectorTables, type VectorRestoreResult } from './vectors/restore-vector-tables.ts';

export const steps: Readonly<Record<StepName, Step>> = {
  ddl_generation: ddlGeneration,
  qa_generation: qaGeneration,
  sql_validation: sqlValidation,
  training_load: trainingLoad,
};

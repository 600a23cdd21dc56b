/** The content of the pipeline's steps. */
import type { Step, StepName } from '../step.ts';
import { ddlGeneration } from './ddl/ddl-generation.ts';
import { qaGeneration } from './questions/qa-generation.ts';

export { type DescribeTableOptions, describeTable, type TableDescription, type TableField } from './ddl/describe-table.ts';

export const steps: Partial<Record<StepName, Step>> = {
  ddl_generation: ddlGeneration,
  qa_generation: qaGeneration,
};

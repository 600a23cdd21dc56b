/** One entry of a task's log; lines that do not begin with a time belong to the entry before them. */
import type { StepName } from '../step.ts';

export interface LogEntry {
  /** `YYYY-MM-DD HH:MM:SS`, as written. */
  readonly timestamp: string;
  readonly level: string;
  readonly logger: string;
  readonly step: StepName | null;
  readonly message: string;
  readonly lineNumber: number;
}

/** Both forms that writers of such logs use: `LOGGER: message` and `[LOGGER] file.py:12 - message`. */
const ENTRY =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:[.,]\d+)? \[([A-Z]+)\] (?:\[([^\]]+)\] \S+:\d+ - |([^\s:]+): )?([\s\S]*)$/;

export const STEP_OF_LOGGER: Readonly<Record<string, StepName>> = {
  DDLGenerator: 'ddl_generation',
  DDLMDGenerator: 'ddl_generation',
  QAGenerator: 'qa_generation',
  QSGenerator: 'qa_generation',
  QuestionSQLGenerationAgent: 'qa_generation',
  SQLValidator: 'sql_validation',
  SQLValidationAgent: 'sql_validation',
  TrainingDataLoader: 'training_load',
  VannaTrainer: 'training_load',
  VectorTableManager: 'training_load',
};
const STEP_PREFIX = /^\[(ddl_generation|qa_generation|sql_validation|training_load)\]/;

/** Null for text that does not begin like an entry. */
export function parseEntry(text: string, lineNumber: number): LogEntry | null {
  const match = ENTRY.exec(text);
  if (!match) return null;
  const [, timestamp = '', level = '', bracketed, plain, body = ''] = match;
  const logger = bracketed ?? plain ?? '';
  const message = body.trimEnd();
  const named = STEP_PREFIX.exec(message)?.[1] as StepName | undefined;
  const step = named ?? (Object.hasOwn(STEP_OF_LOGGER, logger) ? STEP_OF_LOGGER[logger] : undefined) ?? null;
  return { timestamp, level, logger, step, message, lineNumber };
}

/** The log of a task: `2025-07-01 14:30:52 [INFO] LOGGER: message`, appended line by line by any process. */
import { appendFileSync } from 'node:fs';
import { logStamp } from '../local-time.ts';
import type { LogLevel } from '../step.ts';

export const LOG_FILE = 'data_pipeline.log';

const RANK: Readonly<Record<LogLevel, number>> = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40 };

/** `DATA_PIPELINE_LOG_LEVEL`, as far as it is a level. */
export const logLevelOf = (text: string | undefined): LogLevel =>
  text !== undefined && Object.hasOwn(RANK, text.toUpperCase()) ? (text.toUpperCase() as LogLevel) : 'INFO';

export type TaskLog = (level: LogLevel, logger: string, message: string) => void;

/** Lines are short, so that one append keeps each whole whoever else writes. `scrub` takes secrets out. */
export function createTaskLog(options: {
  readonly file: string;
  readonly level: LogLevel;
  readonly scrub?: (text: string) => string;
  readonly now?: () => Date;
}): TaskLog {
  const { file, level: least, scrub = (text) => text, now = () => new Date() } = options;
  return (level, logger, message) => {
    if (RANK[level] < RANK[least]) return;
    // A line of a message that looked like the start of an entry would be read as one.
    const text = scrub(message)
      .replace(/\r\n?/g, '\n')
      .replace(/\n(?=\d{4}-\d\d-\d\d )/g, '\n  ');
    appendFileSync(file, `${logStamp(now())} [${level}] ${logger}: ${text}\n`, { mode: 0o600 });
  };
}

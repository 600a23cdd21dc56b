/** What can be asked of a log, and the answers. */
import type { LogEntry } from './log-entry.ts';

export interface LogFilter {
  readonly level: string | null;
  /** `YYYY-MM-DD HH:MM:SS`; both ends belong to it. */
  readonly from: string | null;
  readonly to: string | null;
  readonly keyword: string | null;
  readonly logger: string | null;
  readonly step: string | null;
}

export const LOG_ORDERS = ['timestamp', 'level', 'logger', 'step', 'line'] as const;
export type LogOrder = (typeof LOG_ORDERS)[number];

export type LogQuery =
  /** The last entries, oldest first. */
  | { readonly kind: 'tail'; readonly limit: number; readonly filter: LogFilter }
  | {
      readonly kind: 'page';
      readonly offset: number;
      readonly limit: number;
      readonly filter: LogFilter;
      readonly orderBy: LogOrder;
      readonly descending: boolean;
    };

export const NO_FILTER: LogFilter = { level: null, from: null, to: null, keyword: null, logger: null, step: null };

export interface LogFileInfo {
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: Date;
  /** Null when they were not counted. */
  readonly lines: number | null;
}

export interface LogPage {
  readonly entries: readonly LogEntry[];
  /** Entries that match; of a tail, those given. */
  readonly total: number;
  /** Null: there is no log yet. */
  readonly file: LogFileInfo | null;
}

/** Why SQL text could not be read as one statement. `position`: UTF-16 offset in the text, null when unknown. */
export interface ParseFailure {
  readonly code: 'sql-unparsable' | 'sql-multiple-statements' | 'sql-not-read-only' | 'sql-too-complex';
  readonly message: string;
  readonly position: number | null;
}

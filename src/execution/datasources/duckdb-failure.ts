import type { RunFailure, RunFailureCode } from '../datasource.ts';
import { messageOf, runFailure, scrubMessage } from '../failure.ts';

/** DuckDB has no error numbers: the class is the message's first words, and a catalog error tells what is missing. */
const BY_CLASS: readonly (readonly [RegExp, RunFailureCode])[] = [
  [/^Parser Error/, 'syntax'],
  [/^Catalog Error: (Table|View) with name/, 'unknown-table'],
  [
    /^Binder Error: (Referenced (table|column)|Table "[^"]*" does not have a column|Values list .* does not have a column)/,
    'unknown-column',
  ],
  [/^Binder Error: (No function matches|Cannot (compare|mix)|Could not choose)/, 'type-mismatch'],
  [/^(Conversion|Mismatch Type|Out of Range) Error/, 'type-mismatch'],
  [/^Permission Error/, 'permission'],
  [/(read-only|read only) mode/i, 'not-read-only'],
  [/^(Out of Memory Error|OutOfMemory|IO Error: .*(No space|max_temp_directory))/, 'resource'],
  [/^(IO|Connection) Error/, 'connection'],
  [/^INTERRUPT Error/, 'cancelled'],
  [/^(Catalog|Binder) Error/, 'syntax'],
];

/** Maps what the driver threw to a failure that is safe to show. */
export function duckDbFailure(error: unknown, paths: readonly string[]): RunFailure {
  const message = messageOf(error).replace(/^Failed to extract statements: /, '');
  const code = BY_CLASS.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
  return runFailure(code, scrubMessage(message, [], paths));
}

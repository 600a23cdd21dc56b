/** PGlite as the one connection of a {@link SessionHost}: text in, text out; reading types is the users' side. */
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import type { RawResult } from '../connection/backend.ts';
import type { SingleConnection } from './session-host.ts';

const asText = (value: string): string => value;
/** One codec for every type, those that PGlite finds out about later (arrays, vectors) included. */
const textCodecs = new Proxy<Record<number, (value: string) => string>>({}, { get: () => asText, has: () => true });
const asArrays = { rowMode: 'array' } as const;

/** PGlite runs with fsync off by default; a state database has to survive a power failure, too. */
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['shared_buffers=16MB', 'max_connections=4', 'wal_buffers=512kB', 'max_wal_size=128MB', 'timezone=UTC'].flatMap(
    (setting) => ['-c', setting],
  ),
];

/**
 * Opens (and at first creates) the database in `dataDirectory`; `null` keeps it in memory.
 *
 * @param onBroken called when it cannot go on and has to be opened again.
 */
export async function openPglite(
  dataDirectory: string | null,
  onBroken: (reason: string) => void,
): Promise<{ connection: SingleConnection; close: () => Promise<void> }> {
  const options: PGliteOptions = { extensions: { vector }, startParams };
  const database = await (dataDirectory === null ? PGlite.create(options) : PGlite.create(dataDirectory, options));
  Object.assign(database, { parsers: textCodecs, serializers: textCodecs });
  return {
    connection: {
      query: async ({ text, values }) =>
        rawResult(await database.query(text, [...values], asArrays).catch((error) => rethrow(error, onBroken))),
      exec: async (text) =>
        (await database.exec(text, asArrays).catch((error) => rethrow(error, onBroken))).map(rawResult),
      listen: (channel, onNotification) => database.listen(`"${channel}"`, onNotification),
    },
    close: () => database.close(),
  };
}

/** After a trap or an exit inside the WebAssembly module nothing it holds can be trusted. */
function rethrow(error: unknown, onBroken: (reason: string) => void): never {
  const { name, message } = error as Error;
  if (name === 'RuntimeError' || name === 'ExitStatus' || name === 'RangeError') onBroken(message);
  throw error;
}

function rawResult(result: {
  fields: { name: string; dataTypeID: number }[];
  rows: unknown[];
  affectedRows?: number;
}): RawResult {
  return {
    fields: result.fields.map(({ name, dataTypeID }) => ({ name, oid: dataTypeID })),
    rows: result.rows as (string | null)[][],
    affectedRows: result.affectedRows ?? 0,
  };
}

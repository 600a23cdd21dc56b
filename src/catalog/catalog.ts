/**
 * What a database contains, with sampled values and inferred keys, kept in memory and (through a port) beyond the process.
 * A snapshot is plain data. It is made anew where the database changed: the structure is read again after a short while, and
 * only tables whose structure or number of rows changed are sampled again.
 */
import type { Datasource } from '../execution/index.ts';
import { EngineError, type Logger, silentLogger } from '../kernel/index.ts';
import type { DatabaseSchema, Table } from '../sql/index.ts';
import { inferForeignKeys } from './infer-keys.ts';
import { type SampleBudget, type SampleCaps, sampleTable } from './sample-table.ts';

/** A snapshot as it is stored: plain JSON. */
export interface CatalogEntry {
  readonly schema: DatabaseSchema;
  /** Milliseconds since 1970 when the oldest values were read. */
  readonly sampledAt: number;
}

/** Keeps snapshots beyond the process. */
export interface CatalogStore {
  get(key: string): Promise<CatalogEntry | null>;
  put(key: string, entry: CatalogEntry): Promise<void>;
}

export interface SnapshotOptions {
  /** Names the datasource in the cache. */
  readonly key: string;
  /** Reads everything again. */
  readonly refresh?: boolean;
  /** Ends the waiting. The reading itself goes on, within its budget, for whoever asks next. */
  readonly signal?: AbortSignal;
}

export interface Catalog {
  /**
   * What the database contains.
   *
   * @throws EngineError `datasource-unavailable`, `cancelled`
   */
  snapshot(datasource: Datasource, options: SnapshotOptions): Promise<DatabaseSchema>;
  /** Drops what is known about a datasource, e.g. because its configuration changed. */
  forget(key: string): void;
}

export interface CatalogOptions {
  readonly store?: CatalogStore;
  readonly logger?: Logger;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** How long a snapshot is trusted before the structure is read again. */
  readonly checkAfterMs?: number;
  /** How long sampled values are trusted although nothing seems to have changed. */
  readonly sampleAgainAfterMs?: number;
  /** How long the sampling of one database may take; what is left out has no values. */
  readonly sampleBudgetMs?: number;
  readonly caps?: SampleCaps;
}

const DAY_MS = 86_400_000;
const TOTAL_VALUES = 400_000;
const PARALLEL_TABLES = 4;

interface Known extends CatalogEntry {
  readonly checkedAt: number;
}

const refKey = (table: Table): string => `${table.ref.schema ?? ''}\u0000${table.ref.name}`;

/** Same structure and size, as far as the database tells the size. */
function isSame(fresh: Table, known: Table | undefined): known is Table {
  const structure = (table: Table): string =>
    JSON.stringify([table.kind, table.columns.map((column) => [column.name, column.nativeType])]);
  return (
    known !== undefined &&
    (fresh.rowCount === null || fresh.rowCount === known.rowCount) &&
    structure(fresh) === structure(known)
  );
}

/** The freshly read table with the values (and the types that these corrected) of the known one. */
function withKnownValues(fresh: Table, known: Table): Table {
  const columns = new Map(known.columns.map((column) => [column.name, column]));
  return {
    ...fresh,
    rowCount: known.rowCount,
    columns: fresh.columns.map((column) => {
      const { type = column.type, values = null } = columns.get(column.name) ?? {};
      return { ...column, type, values };
    }),
  };
}

/** Small tables first: they are quickly read, and their values are the names that questions mention. */
function bySize(a: Table, b: Table): number {
  const size = (table: Table): number => (table.kind === 'view' ? Number.MAX_SAFE_INTEGER : (table.rowCount ?? 1_000));
  return size(a) - size(b);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_TABLES }, lane));
}

function orCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return work;
  }
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new EngineError('cancelled', 'Reading the catalog was cancelled.'));
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) {
      leave();
    }
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** Makes a catalog; all options have defaults. */
export function createCatalog(options: CatalogOptions = {}): Catalog {
  const {
    store,
    logger = silentLogger,
    now = Date.now,
    checkAfterMs = 30_000,
    sampleAgainAfterMs = DAY_MS,
    sampleBudgetMs = 15_000,
    caps = { small: 3_000, big: 200 },
  } = options;
  const known = new Map<string, Known>();
  const reading = new Map<string, Promise<DatabaseSchema>>();

  const sampleAll = async (
    datasource: Datasource,
    schema: DatabaseSchema,
    reusable: ReadonlyMap<string, Table>,
  ): Promise<DatabaseSchema> => {
    const started = performance.now();
    const budget: SampleBudget = { endsAt: started + sampleBudgetMs, values: TOTAL_VALUES };
    const run = { datasource, schema };
    const done = new Map<string, Table>();
    await inParallel([...schema.tables].sort(bySize), async (table) => {
      const before = reusable.get(refKey(table));
      const after = isSame(table, before)
        ? withKnownValues(table, before)
        : await sampleTable(table, run, budget, caps);
      done.set(refKey(table), after);
    });
    const sampled = { ...schema, tables: schema.tables.map((table) => done.get(refKey(table)) ?? table) };
    return inferForeignKeys(sampled, run, performance.now() + sampleBudgetMs / 3);
  };

  const read = async (datasource: Datasource, snapshot: SnapshotOptions): Promise<DatabaseSchema> => {
    const { key, refresh = false } = snapshot;
    const started = performance.now();
    const before = known.get(key) ?? (await store?.get(key).catch(() => null)) ?? null;
    const fresh = await datasource.introspect();
    const young = before !== null && !refresh && now() - before.sampledAt < sampleAgainAfterMs;
    const reusable = new Map((young ? before.schema.tables : []).map((table) => [refKey(table), table]));
    const unchanged =
      young &&
      before.schema.fingerprint === fresh.fingerprint &&
      fresh.tables.every((table) => isSame(table, reusable.get(refKey(table))));
    if (unchanged) {
      known.set(key, { ...before, checkedAt: now() });
      return before.schema;
    }
    const schema = await sampleAll(datasource, fresh, reusable);
    const entry: CatalogEntry = { schema, sampledAt: young ? before.sampledAt : now() };
    known.set(key, { ...entry, checkedAt: now() });
    await store
      ?.put(key, entry)
      .catch((error: unknown) => logger.warn({ key, reason: String(error) }, 'a catalog snapshot could not be stored'));
    logger.info({ key, tables: schema.tables.length, ms: Math.round(performance.now() - started) }, 'catalog read');
    return schema;
  };

  return {
    async snapshot(datasource, snapshot) {
      const { key, refresh = false } = snapshot;
      const current = known.get(key);
      if (current !== undefined && !refresh && now() - current.checkedAt < checkAfterMs) {
        return current.schema;
      }
      let running = refresh ? undefined : reading.get(key);
      if (running === undefined) {
        const mine = read(datasource, snapshot).finally(() => {
          if (reading.get(key) === mine) {
            reading.delete(key);
          }
        });
        reading.set(key, mine);
        running = mine;
      }
      return orCancelled(running, snapshot.signal);
    },
    forget(key) {
      known.delete(key);
    },
  };
}

/** Runs statements on an SQLite file as the product does, each stopped when it takes too long. */
import { type Datasource, openDatasource } from '../../src/execution/index.ts';
import { type DatabaseSchema, guardReadOnly } from '../../src/sql/index.ts';
import { type Rows, Runner, signatureOf } from './execution.ts';

const TIMEOUT_MS = 1_000;

export class BoundedRunner {
  private readonly datasource: Promise<Datasource>;
  private readonly schema: DatabaseSchema;
  private readonly known = new Map<string, string | null>();

  constructor(file: string, schema: DatabaseSchema) {
    this.datasource = openDatasource({ kind: 'sqlite', path: file });
    this.schema = schema;
  }

  /** Null when the statement fails or takes longer than a second. */
  async rows(sql: string, maxRows: number): Promise<Rows | null> {
    const guarded = await guardReadOnly(sql, { schema: this.schema, maxRows });
    if (!guarded.ok) return null;
    const datasource = await this.datasource;
    const result = await datasource.run(guarded.value.sql, { timeoutMs: TIMEOUT_MS, maxRows });
    return result.ok ? result.value.rows : null;
  }

  /** As {@link Runner.signature}. */
  async signature(sql: string, ordered: boolean): Promise<string | null> {
    const key = `${ordered} ${sql}`;
    let found = this.known.get(key);
    if (found === undefined) {
      const rows = await this.rows(sql, Runner.MAX_ROWS + 1);
      found = rows === null ? null : signatureOf(rows, ordered);
      this.known.set(key, found);
    }
    return found;
  }

  async close(): Promise<void> {
    await (await this.datasource).close();
  }
}

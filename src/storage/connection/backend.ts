/**
 * What the storage layer needs from a PostgreSQL: the pool of a server, the embedded one behind a worker thread, or
 * the embedded one of another process behind a socket. Everything above this port is the same code.
 */

/** One statement; parameters are already text (see `encodeParameter`). */
export interface Statement {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/** A result as the wire gave it: every value is PostgreSQL's text form, or null. */
export interface RawResult {
  readonly fields: readonly RawField[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly affectedRows: number;
}

export interface RawField {
  readonly name: string;
  readonly oid: number;
}

/** Runs statements one after the other. */
export interface StatementRunner {
  query(statement: Statement): Promise<RawResult>;
  /** Several statements without parameters, as one text. */
  exec(text: string): Promise<readonly RawResult[]>;
}

/** A connection that belongs to one caller until it is released: transactions run here. */
export interface Session extends StatementRunner {
  /** `broken` drops the connection or rolls back whatever is open; never rejects. */
  release(broken?: boolean): Promise<void>;
}

export interface Backend extends StatementRunner {
  readonly kind: 'embedded' | 'server';
  connect(): Promise<Session>;
  /** Calls `onNotification` for each NOTIFY on the channel; `onReconnect` when notifications may have been missed. */
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect?: () => void,
  ): Promise<() => Promise<void>>;
  /** Ties a name to this process's connection: it is present until the connection ends. */
  announce(name: string): Promise<void>;
  absent(names: readonly string[]): Promise<string[]>;
  /** Always finishes; statements that still wait are rejected. */
  close(): Promise<void>;
}

/** What a kind of datasource is: its id, its configuration as a zod schema, and how to open one. */
import type { z } from 'zod';
import type { Logger } from '../kernel/index.ts';
import type { DialectName } from '../sql/index.ts';
import type { BulkheadLimits } from './bulkhead.ts';
import type { Datasource } from './datasource.ts';

export interface DatasourceDeps {
  /** A folder of ours for temporary databases and private copies; the system's temporary folder when absent. */
  readonly scratchDirectory?: string;
  readonly logger?: Logger;
  /** The bulkhead's size; 8 running and 64 waiting when absent. */
  readonly limits?: BulkheadLimits;
}

export interface DatasourceKind<Schema extends z.ZodType> {
  readonly id: string;
  readonly dialect: DialectName;
  readonly configSchema: Schema;
  /** Connects once to prove that it can; throws `EngineError('datasource-unavailable')` otherwise. */
  open(config: z.output<Schema>, deps: DatasourceDeps): Promise<Datasource>;
}

/** Marks a property of a configuration schema as secret: never printed, always a reference in written files. */
export const SECRET = { secret: true } as const;

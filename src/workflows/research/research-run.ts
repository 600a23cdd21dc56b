import type { Language } from '../../planning/index.ts';
import type { RunEvent } from '../events.ts';
import type { OpenedDatasource, RunRequest, RunServices } from '../node.ts';
import type { RunHost } from '../run-host.ts';

/** One research run in flight: what its steps share. */
export interface ResearchRun {
  readonly request: RunRequest;
  readonly services: RunServices;
  readonly host: RunHost;
  readonly source: OpenedDatasource;
  readonly language: Language;
  emit(event: RunEvent): Promise<void>;
}

export { DatabaseError, sqlState } from './connection/database-error.ts';
export { type OpenStateOptions, openMemoryState, openState, serveState, stateSocketPath } from './open-state.ts';
export { querentSchema } from './schema.ts';
export type { Database, Row, State, StateSession } from './state.ts';

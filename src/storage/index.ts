export { DatabaseError, sqlState } from './connection/database-error.ts';
export { type OpenStateOptions, openMemoryState, openState, serveState, stateSocketPath } from './open-state.ts';
export { querentSchema } from './schema.ts';
export type { Database, Row, State, StateSession } from './state.ts';
export {
  contentId,
  createVectorStore,
  type FoundDocument,
  type Metadata,
  type SearchOptions,
  type VectorDocument,
  type VectorStore,
} from './vectors/vector-store.ts';

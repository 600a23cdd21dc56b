export { ENGINE_ERROR_CODES, EngineError, type EngineErrorCode } from './engine-error.ts';
export { type Logger, silentLogger } from './logger.ts';
export { assertNever, fail, type Outcome, ok } from './outcome.ts';
export { siblingModule } from './sibling-module.ts';

export { DRAFT_PREFIX, draftPath, writeAtomically, writeFileAtomically } from './atomic-file.ts';
export {
  type Environment,
  processEnvironment,
  substituteEnvironment,
  type UnresolvedReference,
} from './config/environment.ts';
export { resolveHome } from './config/home.ts';
export { formatPath, nearestName, unknownKeyWarnings, validateConfig } from './config/validate.ts';
export { readYamlFile } from './config/yaml-file.ts';
export { ENGINE_ERROR_CODES, EngineError, type EngineErrorCode } from './engine-error.ts';
export { type Logger, silentLogger } from './logger.ts';
export { assertNever, fail, type Outcome, ok } from './outcome.ts';
export { siblingModule } from './sibling-module.ts';
export { keepWasmSmall } from './small-wasm.ts';

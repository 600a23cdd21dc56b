import v8 from 'node:v8';

/**
 * Runs WebAssembly as V8's baseline compiler leaves it, from here on and in every thread of the process. Our modules
 * (embedded PostgreSQL, SQL parsers) are large and their calls short: the optimising compiler takes 500 MB and both
 * cores for minutes, and gains nothing that a query would notice.
 */
export function keepWasmSmall(): void {
  v8.setFlagsFromString('--no-wasm-dynamic-tiering');
  v8.setFlagsFromString('--no-wasm-tier-up');
}

/** The part of a logger that our modules use; pino satisfies it. Messages never carry secrets or row values. */
export interface Logger {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** A logger that drops everything; the default of library code and tests. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

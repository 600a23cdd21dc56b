/** What commands get from the process: streams, configuration, an abort signal that Ctrl-C triggers. */
import pino from 'pino';
import { type LoadedConfig, loadConfig } from '../engine/index.ts';
import { type Logger, processEnvironment } from '../kernel/index.ts';

export interface CommandHost {
  readonly isTerminal: boolean;
  /** Aborts at the first SIGINT or SIGTERM; the second one ends the process as usual. */
  stopOnSignals(): AbortSignal;
  readonly logger: Logger;
  /** One line to standard output. */
  out(line: string): void;
  outRaw(text: string): void;
  /** One line to standard error. */
  error(line: string): void;
  /** Loads the configuration once; warnings go to standard error. */
  loadConfig(file?: string): LoadedConfig;
}

/** The host of a real process. A reader that went away (`querent ask … | head -3`) ends it quietly. */
export function processHost(): CommandHost {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    isTerminal: Boolean(process.stdout.isTTY && process.stderr.isTTY),
    stopOnSignals() {
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
      return stop.signal;
    },
    logger: pino({ level: process.env.QUERENT_LOG_LEVEL ?? 'error' }, pino.destination(2)),
    out: (line) => void process.stdout.write(`${line}\n`),
    outRaw: (text) => void process.stdout.write(text),
    error: (line) => void process.stderr.write(`${line}\n`),
    loadConfig(file) {
      const loaded = loadConfig({ environment: processEnvironment(), file: file ?? null });
      for (const warning of loaded.warnings) process.stderr.write(`${warning}\n`);
      return loaded;
    },
  };
}

/** The server's process: in the foreground or the background, alone or with workers, until a signal. */
import { existsSync } from 'node:fs';
import { authClientsPath, type LoadedConfig, loadAuthClients } from '../../engine/index.ts';
import { processEnvironment } from '../../kernel/index.ts';
import { control, daemonFiles, isDaemonChild, removePidFile, reportDaemonReady } from './daemon.ts';
import { requireFreePort } from './listen.ts';
import { type ServeOptions, withFlags } from './options.ts';
import { serveWithReload } from './reload.ts';
import { type Addresses, serveHere } from './serve-here.ts';
import { stopSignal } from './signals.ts';
import { welcomeScreen } from './welcome.ts';
import { isWorkerProcess, leavePrimary, reportReady, runWorkers } from './workers.ts';

/** The terminal that started the server. */
export interface ServeHost {
  out(line: string): void;
  error(line: string): void;
  loadConfig(file?: string): LoadedConfig;
}

/** Does what the command line asks; the exit code. */
export async function serve(options: ServeOptions, host: ServeHost): Promise<number> {
  if (options.daemon && options.reload) {
    host.error('querent: --daemon and --reload cannot be used together');
    return 2;
  }
  const loaded = withFlags(host.loadConfig(options.config), options);
  const files = daemonFiles(loaded.home, options);
  const action = options.action ?? 'start';
  if (!isDaemonChild() && !isWorkerProcess() && (options.daemon || action !== 'start')) {
    return control(action, files, loaded.config.server.shutdown_timeout_seconds * 1000 + 5_000, host);
  }
  if (options.loadCp !== undefined && !isWorkerProcess()) {
    host.error('--load_cp has no effect: runs that were interrupted go on by themselves');
  }
  const stop = stopSignal(() => host.error('Stopped at once.'));
  if (options.reload) {
    await serveWithReload({ files: existsSync(loaded.file) ? [loaded.file] : [], stop, terminal: host });
    return 0;
  }
  if (isWorkerProcess()) {
    try {
      await serveHere({
        loaded,
        stop,
        stateRole: loaded.config.state.url ? 'owner' : 'client',
        pipelineExplicit: options.pipelinePort !== undefined,
        onReady: reportReady,
        onStopping: () => {},
      });
    } finally {
      leavePrimary();
    }
    return 0;
  }
  const { server } = loaded.config;
  await requireFreePort(server.host, server.port);
  host.error('Opening the state and the demo data …');
  const common = {
    loaded,
    stop,
    onReady: (addresses: Addresses) => {
      host.out(welcomeLines(addresses, loaded).join('\n'));
      if (isDaemonChild()) reportDaemonReady(files);
    },
    onStopping: () => host.error('Stopping …'),
  };
  try {
    if (server.workers > 1) await runWorkers(common);
    else await serveHere({ ...common, stateRole: 'owner', pipelineExplicit: options.pipelinePort !== undefined });
  } finally {
    if (isDaemonChild()) removePidFile(files);
  }
  return 0;
}

const welcomeLines = (addresses: Addresses, { home, written }: LoadedConfig): string[] =>
  welcomeScreen({
    ...addresses,
    credentials: authClientsPath(home),
    clients: loadAuthClients(home, processEnvironment()),
    written,
  });

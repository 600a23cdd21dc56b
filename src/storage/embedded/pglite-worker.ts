/** The worker thread that owns the embedded database: it serves its parent, and other processes over a socket. */
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { errorFields } from '../connection/database-error.ts';
import { openPglite } from './pglite-connection.ts';
import { portChannel } from './port-channel.ts';
import type { WorkerControl, WorkerStatus } from './protocol.ts';
import { SessionHost } from './session-host.ts';
import { socketChannel } from './socket-channel.ts';

const { dataDirectory, port } = workerData as { dataDirectory: string | null; port: MessagePort };
const parent = parentPort!;
const report = (status: WorkerStatus): void => parent.postMessage(status);

try {
  const { connection, close } = await openPglite(dataDirectory, () => setImmediate(() => process.exit(1)));
  const host = new SessionHost(connection);
  host.attach(portChannel(port));
  let server: Server | null = null;
  parent.on('message', async (message: WorkerControl) => {
    switch (message.control) {
      case 'serve':
        try {
          server = await serve(host, message.socketPath);
          report({ status: 'serving', error: null });
        } catch (error) {
          report({ status: 'serving', error: errorFields(error).message });
        }
        return;
      case 'stop-serving':
        server?.close();
        server = null;
        return;
      case 'close':
        server?.close();
        await host.idle();
        report({
          status: 'closed',
          error: await close().then(
            () => null,
            (error) => errorFields(error).message,
          ),
        });
        parent.close();
    }
  });
  report({ status: 'ready' });
} catch (error) {
  report({ status: 'failed', error: errorFields(error) });
  parent.close();
}

/** A socket that only this user can open; the caller holds the state's lock, so a file left there is stale. */
async function serve(host: SessionHost, socketPath: string): Promise<Server> {
  await rm(socketPath, { force: true });
  const server = createServer((socket) => host.attach(socketChannel(socket)));
  const previous = process.umask();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  if (previous !== 0o077) await chmod(socketPath, 0o600);
  return server;
}

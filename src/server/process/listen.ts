/** Listening on an address, and what is wrong when that fails. */
import { createServer as createNetServer } from 'node:net';
import { EngineError } from '../../kernel/index.ts';
import type { HttpServer } from '../app.ts';

/** Says early, before anything is opened, that the port is taken. */
export function requireFreePort(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createNetServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, address, port)));
    probe.listen({ host: address, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}

function listenError(error: NodeJS.ErrnoException, address: string, port: number): EngineError {
  const reason =
    error.code === 'EADDRINUSE'
      ? `port ${port} on ${address} is in use; stop the other program or choose another with --port`
      : error.code === 'EACCES'
        ? `port ${port} needs more rights; choose one above 1023 with --port`
        : error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND'
          ? `${address} is not an address of this machine; choose another with --host`
          : `cannot listen on ${address}:${port}: ${error.code ?? error.message}`;
  return new EngineError('config-invalid', reason, { cause: error });
}

/** Starts to listen; the address as a client writes it. */
export async function listen(app: HttpServer, address: string, port: number): Promise<string> {
  try {
    await app.listen({ host: address, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, address, port);
  }
  const bound = app.server.address();
  const actual = bound !== null && typeof bound === 'object' ? bound.port : port;
  const shown = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${actual}`;
}

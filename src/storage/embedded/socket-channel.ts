import type { Socket } from 'node:net';
import type { Channel } from './protocol.ts';

const HEADER = 4;

/** A Unix socket as a {@link Channel}: each message is its length (32 bits, big endian) and JSON. */
export function socketChannel<Outgoing, Incoming>(socket: Socket): Channel<Outgoing, Incoming> {
  let handle: ((message: Incoming) => void) | null = null;
  let buffered: Buffer[] = [];
  let size = 0;

  const take = (): void => {
    let data = buffered.length === 1 ? buffered[0]! : Buffer.concat(buffered);
    while (data.length >= HEADER && data.length >= HEADER + data.readUInt32BE(0)) {
      const end = HEADER + data.readUInt32BE(0);
      handle?.(JSON.parse(data.toString('utf8', HEADER, end)) as Incoming);
      data = data.subarray(end);
    }
    buffered = data.length === 0 ? [] : [data];
    size = data.length;
  };
  const complete = (): boolean => {
    const first = buffered[0]!;
    return first.length < HEADER || size >= HEADER + first.readUInt32BE(0);
  };
  socket.on('data', (chunk: Buffer) => {
    buffered.push(chunk);
    size += chunk.length;
    if (size >= HEADER && complete()) take();
  });
  socket.on('error', () => socket.destroy());

  return {
    send: (message) => {
      if (socket.destroyed) return;
      const body = Buffer.from(JSON.stringify(message), 'utf8');
      const header = Buffer.allocUnsafe(HEADER);
      header.writeUInt32BE(body.length);
      socket.cork();
      socket.write(header);
      socket.write(body);
      socket.uncork();
    },
    onMessage: (handler) => {
      handle = handler;
    },
    onClose: (handler) => {
      socket.once('close', () => handler('the process that owns the state database closed the connection'));
    },
    close: () => socket.destroy(),
  };
}

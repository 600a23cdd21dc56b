import type { MessagePort } from 'node:worker_threads';
import type { Channel } from './protocol.ts';

/** A message port as a {@link Channel}. */
export function portChannel<Outgoing, Incoming>(port: MessagePort): Channel<Outgoing, Incoming> {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (handler) => {
      port.on('message', handler);
    },
    onClose: (handler) => {
      port.once('close', () => handler('the worker thread of the state database ended'));
    },
    close: () => port.close(),
  };
}

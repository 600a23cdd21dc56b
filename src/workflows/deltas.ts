/** A model's answer on its way: pieces put together so that readers get at most a few events a second. */
import type { ModelDelta } from '../llm/index.ts';
import type { NodeContext } from './node.ts';

const EVERY_MS = 100;
/** Longest text of one event. */
const MAX_CHARACTERS = 8_192;

export interface DeltaEmitter {
  readonly onDelta: (delta: ModelDelta) => void;
  /** Sends what is still held back; call it before the node's next event. */
  flush(): Promise<void>;
}

/** Turns the pieces of one node's model calls into `text-delta` events. */
export function deltaEmitter(context: Pick<NodeContext, 'nodeId' | 'nodeType' | 'emit' | 'services'>): DeltaEmitter {
  const { nodeId, nodeType, emit, services } = context;
  let channel: 'thinking' | 'output' = 'output';
  let text = '';
  let sentAt = Number.NEGATIVE_INFINITY;
  let last: Promise<void> = Promise.resolve();
  const send = (restart: boolean): void => {
    if (text === '' && !restart) return;
    const pieces = text === '' ? [''] : (text.match(new RegExp(`[^]{1,${MAX_CHARACTERS}}`, 'gu')) ?? []);
    for (const piece of pieces) {
      last = emit({
        type: 'text-delta',
        nodeId,
        nodeType,
        channel,
        text: piece,
        ...(restart ? { restart: true as const } : {}),
      });
    }
    text = '';
    sentAt = services.now();
  };
  return {
    onDelta(delta) {
      if (delta.kind === 'restart') {
        text = '';
        send(true);
        return;
      }
      const next = delta.kind === 'reasoning' ? 'thinking' : 'output';
      if (next !== channel) {
        send(false);
        channel = next;
      }
      text += delta.text;
      if (services.now() - sentAt >= EVERY_MS || text.length >= MAX_CHARACTERS) send(false);
    },
    async flush() {
      send(false);
      await last;
    },
  };
}

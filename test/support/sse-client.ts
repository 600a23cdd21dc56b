/** A strict server-sent-events client on a real socket. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';

export interface SseMessage {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: Record<string, unknown>;
}

export interface SseResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly messages: AsyncGenerator<SseMessage, void, void>;
  close(): void;
}

/** Opens a stream; `messages` ends when the server ends it. Data that is not JSON on one line fails. */
export async function openEventStream(url: string, init: RequestInit): Promise<SseResponse> {
  const abort = new AbortController();
  const response = await fetch(url, {
    ...init,
    headers: { accept: 'text/event-stream', ...(init.headers as Record<string, string>) },
    signal: abort.signal,
  });
  async function* read(): AsyncGenerator<SseMessage, void, void> {
    if (!response.body) return;
    const ready: EventSourceMessage[] = [];
    const parser = createParser({
      onEvent: (event) => ready.push(event),
      onError: (error) => {
        throw error;
      },
    });
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const chunk of response.body) {
      parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
      for (const event of ready.splice(0)) {
        yield { id: event.id, event: event.event, data: JSON.parse(event.data) as Record<string, unknown> };
      }
    }
  }
  return { status: response.status, headers: response.headers, messages: read(), close: () => abort.abort() };
}

/** Reads a stream to its end. */
export async function collect(stream: SseResponse): Promise<SseMessage[]> {
  const all: SseMessage[] = [];
  for await (const message of stream.messages) all.push(message);
  return all;
}

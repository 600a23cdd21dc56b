/**
 * An OpenAI-compatible model server on a real socket that does what the script says, request by request: answers,
 * streams, calls tools, truncates, fails, hangs, never stops, drops the connection. It records every request.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedToolCall {
  readonly name: string;
  /** Sent as it stands, so that malformed arguments can be scripted. */
  readonly arguments: string;
}

/** What the server does with one request. */
export type Step =
  | {
      readonly do: 'answer';
      readonly text?: string;
      readonly reasoning?: string;
      readonly toolCalls?: readonly ScriptedToolCall[];
      readonly finish?: 'stop' | 'length' | 'tool_calls' | 'content_filter';
      readonly usage?: { readonly prompt: number; readonly completion: number } | null;
    }
  | {
      readonly do: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly message?: string;
    }
  /** Sends this text as the body of a 200. */
  | { readonly do: 'raw'; readonly body: string; readonly contentType?: string }
  /** Accepts the request and never says anything. */
  | { readonly do: 'hang' }
  /** Starts to answer and falls silent. */
  | { readonly do: 'stall'; readonly text: string }
  /** Writes until the client goes away, as fast as it can or a piece every so many milliseconds. */
  | {
      readonly do: 'endless';
      readonly piece?: string;
      readonly as?: 'text' | 'reasoning';
      readonly every?: number;
    }
  /** Starts to answer and closes the socket. */
  | { readonly do: 'drop'; readonly text?: string }
  | { readonly do: 'embed'; readonly vectors?: readonly (readonly number[])[] };

export interface RecordedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: {
    readonly model?: string;
    readonly stream?: boolean;
    readonly max_tokens?: number;
    readonly temperature?: number;
    readonly messages?: readonly {
      readonly role: string;
      readonly content: string | null;
      readonly tool_calls?: readonly unknown[];
      readonly tool_call_id?: string;
    }[];
    readonly tools?: readonly { readonly function: { readonly name: string } }[];
    readonly input?: readonly string[];
    readonly [key: string]: unknown;
  };
  /** Resolves when the exchange is over; true when the client went away before the end. */
  readonly closedEarly: Promise<boolean>;
}

export interface ScriptedModelServer {
  /** Base address with the version path, for `base_url`. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** Appends steps; each request takes the next one. */
  script(...steps: readonly Step[]): void;
  /** Answers every request beyond the script, e.g. from its content. */
  otherwise(reply: ((request: RecordedRequest) => Step) | null): void;
  close(): Promise<void>;
}

/** The shape of a plain answer. */
export const answer = (text: string, extra: Omit<Extract<Step, { do: 'answer' }>, 'do' | 'text'> = {}): Step => ({
  do: 'answer',
  text,
  ...extra,
});

const usageOf = (usage: { prompt: number; completion: number } | null | undefined) =>
  usage === null
    ? {}
    : {
        usage: {
          prompt_tokens: usage?.prompt ?? 100,
          completion_tokens: usage?.completion ?? 20,
          total_tokens: (usage?.prompt ?? 100) + (usage?.completion ?? 20),
        },
      };

function chunk(response: ServerResponse, delta: object, finish: string | null = null, extra: object = {}): boolean {
  const body = {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'scripted',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...extra,
  };
  return response.write(`data: ${JSON.stringify(body)}\n\n`);
}

const openStream = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  chunk(response, { role: 'assistant', content: '' });
};

const pieces = (text: string): string[] => text.match(/[\s\S]{1,7}/g) ?? [];

function sendAnswer(step: Extract<Step, { do: 'answer' }>, stream: boolean, response: ServerResponse): void {
  const toolCalls = (step.toolCalls ?? []).map((call, index) => ({
    index,
    id: `call_${index + 1}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  }));
  const finish = step.finish ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop');
  if (!stream) {
    const message = {
      role: 'assistant',
      content: step.text ?? null,
      ...(step.reasoning === undefined ? {} : { reasoning_content: step.reasoning }),
      ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
    };
    const body = {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'scripted',
      choices: [{ index: 0, message, finish_reason: finish }],
      ...usageOf(step.usage),
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return;
  }
  openStream(response);
  for (const piece of pieces(step.reasoning ?? '')) chunk(response, { reasoning_content: piece });
  for (const piece of pieces(step.text ?? '')) chunk(response, { content: piece });
  for (const call of toolCalls) {
    chunk(response, { tool_calls: [{ ...call, function: { name: call.function.name, arguments: '' } }] });
    for (const piece of pieces(call.function.arguments)) {
      chunk(response, { tool_calls: [{ index: call.index, function: { arguments: piece } }] });
    }
  }
  chunk(response, {}, finish, usageOf(step.usage));
  response.end('data: [DONE]\n\n');
}

function sendEndless(step: Extract<Step, { do: 'endless' }>, stream: boolean, response: ServerResponse): void {
  const piece = step.piece ?? 'and so on ';
  const field = step.as === 'reasoning' ? 'reasoning_content' : 'content';
  const write = stream
    ? () => chunk(response, { [field]: piece })
    : () => response.write(JSON.stringify(piece.repeat(500)).slice(1, -1));
  if (stream) openStream(response);
  else {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(`{"id":"x","choices":[{"index":0,"message":{"role":"assistant","${field}":"`);
  }
  const pump = () => {
    if (response.destroyed) return;
    const more = write();
    if (step.every !== undefined) setTimeout(pump, step.every);
    else if (more) setImmediate(pump);
    else response.once('drain', pump);
  };
  pump();
}

function perform(step: Step, request: RecordedRequest, response: ServerResponse): void {
  const stream = request.body.stream === true;
  switch (step.do) {
    case 'answer':
      sendAnswer(step, stream, response);
      return;
    case 'status':
      response.writeHead(step.status, { 'content-type': 'application/json', ...step.headers });
      response.end(JSON.stringify({ error: { message: step.message ?? `status ${step.status}`, type: 'scripted' } }));
      return;
    case 'raw':
      response.writeHead(200, { 'content-type': step.contentType ?? 'application/json' }).end(step.body);
      return;
    case 'hang':
      return;
    case 'stall':
      if (stream) {
        openStream(response);
        for (const piece of pieces(step.text)) chunk(response, { content: piece });
      } else {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(`{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"${step.text}`);
      }
      return;
    case 'endless':
      sendEndless(step, stream, response);
      return;
    case 'drop': {
      if (step.text === undefined) {
        response.destroy();
        return;
      }
      if (stream) {
        openStream(response);
        for (const piece of pieces(step.text)) chunk(response, { content: piece });
      } else {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
        response.write('{"id":"x","choices":[');
      }
      setTimeout(() => response.destroy(), 20);
      return;
    }
    case 'embed': {
      const input = request.body.input ?? [];
      const vectors = step.vectors ?? input.map((text) => [text.length, text.charCodeAt(0) || 0, 1]);
      const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data, model: 'scripted', usage: { prompt_tokens: 7 } }));
    }
  }
}

async function readBody(request: IncomingMessage): Promise<RecordedRequest['body']> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as RecordedRequest['body']);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts a server with its script; `close` ends it with whatever hangs on it. */
export async function startScriptedModelServer(...first: readonly Step[]): Promise<ScriptedModelServer> {
  const requests: RecordedRequest[] = [];
  const steps: Step[] = [...first];
  let fallback: ((request: RecordedRequest) => Step) | null = null;

  const server = createServer((incoming, response) => {
    const closedEarly = new Promise<boolean>((resolve) => {
      response.once('close', () => resolve(!response.writableFinished));
    });
    response.on('error', () => {});
    readBody(incoming)
      .then((body) => {
        const recorded = { path: incoming.url ?? '', headers: incoming.headers, body, closedEarly };
        requests.push(recorded);
        const step = steps.shift() ??
          fallback?.(recorded) ?? { do: 'status' as const, status: 400, message: 'the script is over' };
        perform(step, recorded, response);
      })
      .catch(() => response.destroy());
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    script: (...more) => void steps.push(...more),
    otherwise: (reply) => {
      fallback = reply;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

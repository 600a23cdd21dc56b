/** The one way out to providers: no redirects (they would carry keys elsewhere) and no endless bodies. */
import { CallStopped } from './model-failure.ts';

export type Fetch = typeof globalThis.fetch;

/** Largest answer, in bytes, that is read from a provider; framing included. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** Wraps `fetch` so that a body beyond `maxBytes` fails instead of filling the memory. */
export function createProviderFetch(fetch: Fetch, maxBytes = MAX_RESPONSE_BYTES): Fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' });
    if (response.body === null) return response;
    let seen = 0;
    const capped = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          seen += chunk.byteLength;
          if (seen > maxBytes) controller.error(new CallStopped('too-long', `the answer passed ${maxBytes} bytes`));
          else controller.enqueue(chunk);
        },
      }),
    );
    return new Response(capped, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

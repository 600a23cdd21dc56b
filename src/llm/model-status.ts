/** Whether a provider answers, asked without spending a token: by the list of its models. */
import { assertNever } from '../kernel/index.ts';
import type { ModelDefinition } from './model-config.ts';
import type { Fetch } from './provider-fetch.ts';

export type ModelStatus = 'success' | 'error' | 'unknown';

const PROBE_MS = 5_000;

function credentials(definition: ModelDefinition): Record<string, string> {
  const { apiKey, family } = definition;
  if (apiKey === null) return {};
  switch (family) {
    case 'anthropic':
      return { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' };
    case 'google':
      return { 'x-goog-api-key': apiKey };
    case 'openai':
    case 'openai-compatible':
      return { authorization: `Bearer ${apiKey}` };
    default:
      return assertNever(family);
  }
}

/**
 * Asks for the list of models. A server that has no such list but answers is there; one that refuses the key, fails or
 * does not answer in five seconds is an error.
 */
export async function probeModel(
  definition: ModelDefinition,
  fetch: Fetch,
  signal?: AbortSignal,
): Promise<Exclude<ModelStatus, 'unknown'>> {
  const timeout = AbortSignal.timeout(PROBE_MS);
  try {
    const response = await fetch(`${definition.baseUrl}/models`, {
      headers: { ...definition.headers, ...credentials(definition) },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    await response.body?.cancel();
    const there = response.ok || response.status === 404 || response.status === 405;
    return there ? 'success' : 'error';
  } catch {
    return 'error';
  }
}

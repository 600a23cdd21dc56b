import { describe, expect, it } from 'vitest';
import { EngineError } from '../kernel/index.ts';
import { parseModelsConfig } from './model-config.ts';

/** An environment reference that was not resolved. */
const reference = (name: string): string => ['$', '{', name, '}'].join('');
const model = (extra: Record<string, unknown>) => ({ api_key: 'k-123456', model: 'm', ...extra });

describe('models in the agent section', () => {
  it('knows the types and their addresses', () => {
    const { models } = parseModelsConfig({
      models: {
        a: model({ type: 'openai' }),
        b: model({ type: 'claude', base_url: 'https://api.anthropic.com' }),
        c: model({ type: 'deepseek', vendor: 'deepseek', base_url: 'https://api.deepseek.com' }),
        d: model({ type: 'gemini' }),
        e: { type: 'ollama', model: 'llama' },
        f: model({ type: 'openai', base_url: 'http://gpu.local:8000/v1/' }),
        g: { type: 'openai-compatible', base_url: 'http://gpu.local/v1', model: 'm' },
      },
    });
    expect(Object.values(models).map(({ family, baseUrl }) => [family, baseUrl])).toEqual([
      ['openai', 'https://api.openai.com/v1'],
      ['anthropic', 'https://api.anthropic.com/v1'],
      ['openai-compatible', 'https://api.deepseek.com'],
      ['google', 'https://generativelanguage.googleapis.com/v1beta'],
      ['openai-compatible', 'http://127.0.0.1:11434/v1'],
      ['openai-compatible', 'http://gpu.local:8000/v1'],
      ['openai-compatible', 'http://gpu.local/v1'],
    ]);
  });

  it('gives each node its model and the others the target', () => {
    const config = parseModelsConfig({
      target: 'big',
      models: { big: model({ type: 'openai' }), small: model({ type: 'qwen' }) },
      nodes: { reflect: { model: 'small' }, generate_sql: { max_context_length: 8000 } },
      agentic_nodes: { gensql: { model: 'small' } },
    });
    expect(config).toMatchObject({ target: 'big', roles: { reflect: 'small', gensql: 'small' } });
  });

  it.each<[string, unknown, RegExp]>([
    [
      'an unset variable',
      { target: 'a', models: { a: model({ type: 'openai', api_key: reference('OPENAI_KEY') }) } },
      /models\.a\.api_key.*OPENAI_KEY/,
    ],
    [
      'an unset variable as others write it',
      { target: 'a', models: { a: model({ type: 'openai', api_key: '<MISSING:K>' }) } },
      /api_key.*\bK\b/,
    ],
    ['a missing key', { target: 'a', models: { a: { type: 'openai', model: 'm' } } }, /models\.a\.api_key/],
    ['an unknown type', { target: 'a', models: { a: model({ type: 'gpt' }) } }, /models\.a\.type.*"gpt".*openai/],
    ['no address', { target: 'a', models: { a: model({ type: 'openai-compatible' }) } }, /models\.a\.base_url/],
    ['a bad address', { target: 'a', models: { a: model({ type: 'qwen', base_url: 'ftp://x' }) } }, /base_url.*http/],
    [
      'a password in the address',
      { target: 'a', models: { a: model({ type: 'qwen', base_url: 'http://u:p@x' }) } },
      /base_url/,
    ],
    ['an unknown target', { target: 'b', models: { a: model({ type: 'qwen' }) } }, /target.*"b".*a/],
    [
      'an unknown model of a node',
      { models: { a: model({ type: 'qwen' }) }, nodes: { reflect: { model: 'z' } } },
      /nodes\.reflect\.model.*"z"/,
    ],
    ['no model name', { target: 'a', models: { a: { type: 'qwen', api_key: 'k-123456' } } }, /models\.a\.model/],
  ])('refuses %s, naming the key', (_, section, message) => {
    expect(() => parseModelsConfig(section)).toThrow(message);
    expect(() => parseModelsConfig(section)).toThrow(EngineError);
  });

  it('does not mind unused models without their keys, nor an installation without models', () => {
    const config = parseModelsConfig({
      target: 'a',
      models: { a: model({ type: 'qwen' }), b: model({ type: 'openai', api_key: reference('NOT_SET') }) },
    });
    expect(Object.keys(config.models)).toEqual(['a']);
    expect(parseModelsConfig({})).toMatchObject({ target: null, models: {} });
    expect(parseModelsConfig({ target: 'openai', models: {} })).toMatchObject({ target: null });
  });

  it('takes embeddings from a store that names a configured provider', () => {
    const config = parseModelsConfig({
      models: { a: model({ type: 'openai' }) },
      storage: {
        workspace_root: '/x',
        database: { registry_name: 'sentence-transformers', model_name: 'all-MiniLM', dim_size: 384 },
        document: { registry_name: 'openai', model_name: 'embed-3', dim_size: 1536, target_model: 'a' },
      },
    });
    expect(config.embedding).toMatchObject({ model: 'embed-3', dimensions: 1536, definition: { name: 'a' } });
  });
});

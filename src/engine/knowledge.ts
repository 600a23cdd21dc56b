/**
 * What is known about a datasource beyond its catalog: semantic models and metrics, from
 * `$QUERENT_HOME/semantic_models/<namespace>/*.yml` and, for the generated demos, from the files that ship with them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../kernel/index.ts';
import {
  addSemanticNames,
  describeProblem,
  hiddenNames,
  layerForSchema,
  loadSemanticLayer,
  type Mentions,
  metricMeasures,
  readSemanticFiles,
  type SemanticLayer,
  visibleLayer,
} from '../knowledge/index.ts';
import type { PlanningKnowledge } from '../planning/index.ts';
import type { DatabaseSchema } from '../sql/index.ts';
import type { OpenedDatasource, RunRequest } from '../workflows/index.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { loadDemoSemanticLayer } from './demo/demo-knowledge.ts';
import type { KnowledgeReader } from './knowledge-reader.ts';

export interface Knowledge {
  /** The schema with the names that people use for its tables and columns. */
  named(namespace: string, schema: DatabaseSchema): Promise<DatabaseSchema>;
  /** The part of a namespace's semantic layer that a database can answer and its reader may know; null when there is none. */
  layer(namespace: string, source: OpenedDatasource): Promise<SemanticLayer | null>;
  of(request: RunRequest, source: OpenedDatasource): Promise<PlanningKnowledge>;
}

/** Whether a text names what the reader of a datasource may not know of. */
export const hiddenFrom = ({ schema, restricted }: OpenedDatasource): Mentions =>
  restricted ? hiddenNames(restricted.whole, schema) : () => false;

/** @throws EngineError `config-invalid` from its functions when a namespace's files are wrong, naming file and key */
export function createKnowledge(loaded: LoadedConfig, reader: Pick<KnowledgeReader, 'find'>): Knowledge {
  const layers = new Map<string, Promise<SemanticLayer | null>>();
  const named = new WeakMap<DatabaseSchema, DatabaseSchema>();

  const layerOf = (namespace: string): Promise<SemanticLayer | null> => {
    const known = layers.get(namespace);
    if (known) return known;
    const loading = loadLayer(loaded, namespace);
    layers.set(namespace, loading);
    loading.catch(() => layers.delete(namespace));
    return loading;
  };
  const fitting = async (namespace: string, schema: DatabaseSchema): Promise<SemanticLayer | null> => {
    const layer = await layerOf(namespace);
    return layer && layerForSchema(layer, schema);
  };
  const visible = async (namespace: string, source: OpenedDatasource): Promise<SemanticLayer | null> => {
    const layer = await fitting(namespace, source.schema);
    return layer && source.restricted ? visibleLayer(layer, hiddenFrom(source)) : layer;
  };

  return {
    layer: visible,
    async named(namespace, schema) {
      const known = named.get(schema);
      if (known) return known;
      const layer = await fitting(namespace, schema);
      const made = layer ? addSemanticNames(schema, layer) : schema;
      named.set(schema, made);
      return made;
    },
    async of(request, source) {
      const scope = { namespace: request.namespace, database: source.name };
      const [layer, { terms, examples }] = await Promise.all([
        visible(request.namespace, source),
        reader.find(request.question, scope, source.schema),
      ]);
      const hides = hiddenFrom(source);
      return {
        terms: terms.filter(({ word, synonyms, description }) => !hides([word, ...synonyms, description].join('\n'))),
        examples: examples.filter(({ question, sql }) => !hides(`${question}\n${sql}`)),
        measures: layer ? metricMeasures(layer) : [],
        notes: request.notes.filter((note) => !hides(note)),
        semantics: layer,
      };
    },
  };
}

async function loadLayer(loaded: LoadedConfig, namespace: string): Promise<SemanticLayer | null> {
  const folder = join(loaded.home, 'semantic_models', namespace.replace(/[^\p{L}\p{N}_.-]/gu, '_'));
  if (existsSync(folder)) {
    const read = loadSemanticLayer(await readSemanticFiles(folder));
    if (read.ok) return read.value;
    throw new EngineError('config-invalid', read.failure.problems.map(describeProblem).join('\n'));
  }
  return isDemo(loaded, namespace) ? loadDemoSemanticLayer() : null;
}

/** The generated demos bring their own models; another database under the same name does not get them. */
function isDemo(loaded: LoadedConfig, namespace: string): boolean {
  const configured = loaded.config.agent.namespace;
  const uri = Object.hasOwn(configured, namespace) ? configured[namespace]?.uri : null;
  return typeof uri === 'string' && uri.includes(join(loaded.home, 'demo'));
}

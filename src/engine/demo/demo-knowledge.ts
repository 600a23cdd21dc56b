import { fileURLToPath } from 'node:url';
import { describeProblem, loadSemanticLayer, readSemanticFiles, type SemanticLayer } from '../../knowledge/index.ts';

/** The semantic models and metrics that ship with the two demos. */
export async function loadDemoSemanticLayer(): Promise<SemanticLayer> {
  const files = await readSemanticFiles(fileURLToPath(new URL('./knowledge', import.meta.url)));
  const loaded = loadSemanticLayer(files);
  if (!loaded.ok)
    throw new Error(`the demo's own knowledge is wrong:\n${loaded.failure.problems.map(describeProblem).join('\n')}`);
  return loaded.value;
}

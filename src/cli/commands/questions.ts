/** `querent questions`: what a datasource can be asked to begin with. */
import { openQueryEngine } from '../../engine/index.ts';
import type { CommandHost } from '../host.ts';

export async function showQuestions(
  name: string,
  options: { readonly lang?: 'en' | 'zh'; readonly limit: number; readonly config?: string },
  host: CommandHost,
): Promise<number> {
  const engine = await openQueryEngine(host.loadConfig(options.config), { logger: host.logger });
  try {
    const signal = host.stopOnSignals();
    const source = await engine.sources.openText(name, signal);
    const languages = options.lang ? [options.lang] : (['en', 'zh'] as const);
    for (const language of languages) {
      const wanted = { namespace: name, language, limit: options.limit, signal };
      for (const question of await engine.recommendQuestions(source, wanted)) host.out(question);
    }
    return 0;
  } finally {
    await engine.close();
  }
}

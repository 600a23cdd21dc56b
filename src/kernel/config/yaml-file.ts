import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { EngineError } from '../engine-error.ts';

/** Reads a YAML file as plain data. Missing, unreadable or malformed files are `config-invalid` naming file and line. */
export function readYamlFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new EngineError(
      'config-invalid',
      missing
        ? `${path}: no such file; name an existing one with --config`
        : `${path}: cannot be read; check its permissions`,
      { cause },
    );
  }
  const document = parseDocument(text, { prettyErrors: true });
  const problem = document.errors[0];
  if (problem) {
    const line = problem.linePos?.[0].line;
    throw new EngineError(
      'config-invalid',
      `${path}${line ? `:${line}` : ''}: not valid YAML: ${firstLine(problem.message)}`,
    );
  }
  return document.toJS() ?? {};
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;

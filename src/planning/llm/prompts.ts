/**
 * Prompt templates are data files, `prompts/NAME_VERSION.md`, with `{{slots}}`. The highest version is used unless one
 * is asked for.
 */
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('./prompts/', import.meta.url);
const FILE = /^(?<name>[a-z][a-z-]*)_(?<version>\d+\.\d+)\.md$/;

export interface PromptTemplate {
  readonly name: string;
  readonly version: string;
  readonly text: string;
}

let templates: readonly PromptTemplate[] | null = null;

function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

function allTemplates(): readonly PromptTemplate[] {
  templates ??= readdirSync(FOLDER)
    .map((file) => FILE.exec(file))
    .flatMap((match) =>
      match?.groups
        ? [
            {
              name: match.groups.name!,
              version: match.groups.version!,
              text: readFileSync(new URL(match[0], FOLDER), 'utf8').trim(),
            },
          ]
        : [],
    )
    .sort((a, b) => compareVersions(b.version, a.version));
  return templates;
}

/** Finds a template: the version asked for, else the highest, since configurations name versions of other programs, too. */
export function findPrompt(name: string, version: string | null = null): PromptTemplate {
  const versions = allTemplates().filter((template) => template.name === name);
  const found = versions.find((template) => template.version === version) ?? versions[0];
  if (found === undefined) throw new Error(`there is no prompt "${name}"`);
  return found;
}

/** Fills the slots of a template; what is filled in is never read as a template again. */
export function fillPrompt(template: PromptTemplate, slots: Readonly<Record<string, string>>): string {
  return template.text.replace(/\{\{(\w+)\}\}/g, (_, slot: string) => {
    const value = Object.hasOwn(slots, slot) ? slots[slot] : undefined;
    if (value === undefined) throw new Error(`prompt ${template.name}_${template.version}: slot ${slot} is not filled`);
    return value;
  });
}

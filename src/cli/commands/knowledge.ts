/** What the commands over the knowledge base share. */
import { type KnowledgeBase, openKnowledgeBase } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { CommandHost } from '../host.ts';

export interface Common {
  readonly config?: string;
}

/** Opens the knowledge base for one command. */
export async function withKnowledgeBase(
  { config }: Common,
  host: CommandHost,
  work: (base: KnowledgeBase) => Promise<number>,
): Promise<number> {
  const base = await openKnowledgeBase(host.loadConfig(config), { logger: host.logger });
  try {
    return await work(base);
  } finally {
    await base.close();
  }
}

/** A list in one cell: separated by `|`, `;`, `、` or line breaks. */
export const listOf = (text: string): string[] =>
  text
    .split(/[|;；、\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

const YES = ['', 'yes', 'true', '1', 'y', '是', '启用', 'enabled'];
const NO = ['no', 'false', '0', 'n', '否', '停用', '禁用', 'disabled'];

/** `yes` or `no` in one cell; an empty cell is yes. */
export function flagOf(text: string, place: string): boolean {
  const word = text.trim().toLowerCase();
  if (YES.includes(word)) return true;
  if (NO.includes(word)) return false;
  throw new EngineError('request-invalid', `${place}: enabled is \`yes\` or \`no\`, not \`${text}\``);
}

/** One line without tabs, for lists. */
export const line = (...cells: readonly (string | number)[]): string =>
  cells.map((cell) => String(cell).replace(/\s+/g, ' ').trim()).join('\t');

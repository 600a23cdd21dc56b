/** The events of one exchange → pieces of plain Markdown; the content type alone says event stream. */
import type { AskEvent, Cell, RunRows } from '../../engine/index.ts';
import { assertNever } from '../../kernel/index.ts';
import { failureMessage } from './encode-answer.ts';
import { shownRows } from './encode-rows.ts';

const RECORD_LABEL = { en: 'Response ID: ', zh: '响应ID: ' } as const;

/** The text that an event adds to the stream. */
export function encodePiece(event: AskEvent, imageUrl: (name: string) => string): string {
  switch (event.type) {
    case 'recorded':
      return `> ${RECORD_LABEL[event.language]}${event.recordId}\n> ${oneLine(event.question)}\n\n`;
    case 'sql':
      return `\`\`\`sql\n${event.sql}\n\`\`\`\n\n`;
    case 'rows':
      return event.result.rows.length === 0 ? 'The SQL execution result is empty.\n\n' : `${table(event.result)}\n\n`;
    case 'chart':
      return event.imageName === null ? '' : `![${event.chart.type}](${imageUrl(event.imageName)})\n\n`;
    case 'analysis':
      return `${event.markdown}\n\n`;
    case 'prediction':
      return `${table(event.predicted)}\n\n`;
    case 'failed':
      return errorPiece(failureMessage(event));
    case 'refused':
      return `data:${JSON.stringify({ content: event.message, type: 'error' })}\n\n`;
    case 'done':
      return '';
    default:
      return assertNever(event);
  }
}

export const errorPiece = (message: string): string => `&#x274c; **ERROR:**\n> ${oneLine(message)}\n`;

function table(result: RunRows): string {
  const { columns, rows } = shownRows(result);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ name }) => inTable(name))),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map((cell) => inTable(textOf(cell))))),
  ].join('\n');
}

const textOf = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');

const inTable = (text: string): string => oneLine(text).replace(/[\\|]/g, (character) => `\\${character}`);

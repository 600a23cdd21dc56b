/** Charts of answers: their configuration at once, their pictures when somebody fetches them. */
import { randomBytes } from 'node:crypto';
import type { Chat, ChatRecord, ChatStore } from '../../chats/index.ts';
import { type ChartConfig, chooseChart, renderChartPng } from '../../reporting/index.ts';
import type { RunRows } from '../../workflows/index.ts';

export interface ChosenChart {
  readonly chart: ChartConfig;
  readonly imageName: string | null;
  readonly imageExpiresAt: Date | null;
}

const MAX_PICTURES = 50;

/** Chooses a chart, and a name under which its picture can be fetched: 192 random bits. */
export function chartOf(
  result: RunRows,
  question: string,
  hours: number,
  now: Date,
  title: string = question,
): ChosenChart {
  const chart = chooseChart({ columns: result.columns, rows: result.rows, question, title });
  return { chart, ...imageFor(chart, hours, now) };
}

export function imageFor(chart: ChartConfig, hours: number, now: Date): Omit<ChosenChart, 'chart'> {
  if (chart.type === 'table') return { imageName: null, imageExpiresAt: null };
  return {
    imageName: randomBytes(24).toString('base64url'),
    imageExpiresAt: new Date(now.getTime() + hours * 3_600_000),
  };
}

/** Draws pictures on demand and keeps the latest ones. One that `mayBeSeen` no longer is not there. */
export function createPictures(
  chats: Pick<ChatStore, 'findByImage'>,
  mayBeSeen: (record: ChatRecord, chat: Chat) => Promise<boolean>,
  now: () => Date,
): (name: string) => Promise<Buffer | null> {
  const drawn = new Map<string, Promise<Buffer | null>>();
  return async (name) => {
    if (!/^[A-Za-z0-9_-]{32}$/.test(name)) return null;
    const found = await chats.findByImage(name);
    if (!found?.record.imageExpiresAt || found.record.imageExpiresAt <= now()) return null;
    const { record, chat } = found;
    if (!(await mayBeSeen(record, chat))) {
      drawn.delete(name);
      return null;
    }
    const known = drawn.get(name);
    if (known) return known;
    const drawing = draw(record);
    drawn.set(name, drawing);
    drawing.catch(() => drawn.delete(name));
    if (drawn.size > MAX_PICTURES) {
      const oldest = drawn.keys().next().value;
      if (oldest !== undefined) drawn.delete(oldest);
    }
    return drawing;
  };
}

async function draw({ chart, result }: ChatRecord): Promise<Buffer | null> {
  if (chart === null || result === null) return null;
  return renderChartPng(chart as ChartConfig, result as RunRows);
}

/** The events of one exchange → the contract's answer object. */
import type { AskEvent, ChartConfig, RunRows } from '../../engine/index.ts';
import { assertNever } from '../../kernel/index.ts';
import { encodeData, encodeRows } from './encode-rows.ts';

export interface EncodedAnswer {
  readonly success: boolean;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** Reads an exchange to its end. Fields are there when their step was reached; `success` always is. */
export async function encodeAnswer(
  events: AsyncIterable<AskEvent>,
  imageUrl: (name: string) => string,
): Promise<EncodedAnswer> {
  const answer: Record<string, unknown> = { success: false };
  for await (const event of events) {
    switch (event.type) {
      case 'recorded':
        answer.record_id = event.recordId;
        if (event.title !== null) answer.title = event.title;
        break;
      case 'sql':
        answer.sql = event.sql;
        break;
      case 'rows':
        answer.data = encodeData(event.result, event.sql);
        break;
      case 'chart':
        addChart(answer, event.chart, event.imageName === null ? null : imageUrl(event.imageName));
        break;
      case 'analysis':
        answer.content = event.markdown;
        break;
      case 'prediction':
        addPrediction(answer, event.result, event.predicted);
        break;
      case 'failed':
        answer.message = failureMessage(event);
        break;
      case 'refused':
        answer.message = event.message;
        break;
      case 'done':
        answer.success = true;
        break;
      default:
        assertNever(event);
    }
  }
  return { success: answer.success === true, answer };
}

function addChart(answer: Record<string, unknown>, chart: ChartConfig, url: string | null): void {
  answer.chart = chart;
  if (chart.type !== 'table') answer.image_url = url;
}

function addPrediction(answer: Record<string, unknown>, result: RunRows, predicted: RunRows): void {
  answer.origin_data = encodeRows(result);
  answer.predict_data = encodeRows(predicted);
}

/** Plain text for what is the question's affair, else the contract's JSON text. */
export function failureMessage({ kind, message }: Extract<AskEvent, { type: 'failed' }>): string {
  switch (kind) {
    case 'question':
      return message;
    case 'connection':
      return JSON.stringify({ message, type: 'db-connection-err' });
    case 'execution':
      return JSON.stringify({ message: `Execute SQL Failed: ${message}`, type: 'exec-sql-err' });
    default:
      return assertNever(kind);
  }
}

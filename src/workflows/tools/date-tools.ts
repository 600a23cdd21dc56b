/** Tools that know the calendar. */
import { parsePeriods } from '../../planning/index.ts';
import { failed, succeeded, type Tool, textOf } from './tool.ts';

export const getCurrentDateTool: Tool = {
  name: 'get_current_date',
  description: 'The day that “today” means in this run.',
  parameters: {},
  run: async (_, { request }) => succeeded(request.today),
};

export const parseTemporalExpressionsTool: Tool = {
  name: 'parse_temporal_expressions',
  description: 'Turns the dates and periods that a text names into days.',
  parameters: {
    task_text: { type: 'string', description: 'the text', required: true },
    current_date: { type: 'string', description: 'YYYY-MM-DD; the run’s own day by default' },
  },
  async run(input, { request, services }) {
    const text = textOf(input, 'task_text');
    if (text === '') return failed('task_text is missing');
    const given = textOf(input, 'current_date');
    if (given !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(given)) return failed('current_date must be a date YYYY-MM-DD');
    const today = given === '' ? request.today : given;
    const periods = parsePeriods(text, today, { fiscalYearStartMonth: services.fiscalYearStartMonth });
    return succeeded({
      extracted_dates: periods.map((period) => ({
        original_text: period.originalText,
        parsed_date: period.start !== null && period.start === period.end ? period.start : null,
        start_date: period.start,
        end_date: period.end,
        date_type: period.kind,
        confidence: period.confidence,
      })),
      date_context: [
        `today: ${today}`,
        ...periods.map((period) => `${period.originalText}: ${period.start ?? '…'} – ${period.end ?? '…'}`),
      ].join('\n'),
    });
  },
};

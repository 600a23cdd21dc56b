/** Words about charts in a question: they choose the drawing, and say nothing about the data. */
import { askedChartType } from '../../reporting/index.ts';

const CHART_WORDS =
  /\b(?:(?:pie|donut|line|bar|column|horizontal bar)s?|charts?|graphs?|plots?|histogram|table|as|a|an|the|please|show|draw|make|display|it|this|that|them|in|to|into|change|switch|use|with|only|me|same|data|result)\b|饼状图|饼图|环形图|折线图|曲线图|趋势图|条形图|柱状图|柱形图|直方图|横向|表格形式|表格|请|帮我|把|将|用|以|换成|改成|改为|变成|画成|画|做成|做|一个|一张|个|张|展示|显示|呈现|表示|看看|看|一下|的|形式|方式|结果|数据|它|这个|上面|刚才|再|[\s,.!?，。！？]/gi;

/** True when nothing of the question is left besides words about a chart: it wants the last answer drawn anew. */
export const asksOnlyForChart = (question: string): boolean =>
  askedChartType(question) !== null && question.replace(CHART_WORDS, '') === '';

const KIND = '(?:pie|donut|line|bar|column|horizontal bar)';
const PHRASES: readonly RegExp[] = [
  // "a pie chart of …"
  new RegExp(
    `^\\s*(?:(?:please|show|give|draw|plot|make|create|me)\\s+)*(?:an?\\s+|the\\s+)?${KIND}\\s+(?:chart|graph|plot)\\s+(?:of|for|with|showing)\\s+`,
    'i',
  ),
  // "… as a pie", "… in a pie chart", "…, drawn as bars"
  new RegExp(
    `[,;\\s]*\\b(?:(?:shown?|drawn?|plot(?:ted)?|displayed)\\s+(?:(?:it|them|this)\\s+)?)?(?:as\\s+(?:an?\\s+)?${KIND}s?(?:\\s+(?:chart|graph|plot))?|(?:in|with|using|on)\\s+(?:an?\\s+)?${KIND}\\s+(?:chart|graph|plot))\\s*(?=[.!?]?\\s*$)`,
    'i',
  ),
  // 请画一个…的饼图
  /^\s*(?:请)?(?:帮我)?(?:画|绘制|生成|做)(?:出)?(?:一个|一张|个|张)?(?=.+(?:饼状图|饼图|环形图|折线图|曲线图|条形图|柱状图|柱形图|直方图)\s*[。.]?\s*$)/,
  // …，用饼图展示
  /[，,；;\s]*(?:请)?(?:并)?(?:用|以|画成|做成|绘制成|生成|的)?(?:一个|一张|个|张)?(?:横向)?(?:饼状图|饼图|环形图|折线图|曲线图|条形图|柱状图|柱形图|直方图)(?:的?形式|的?方式)?(?:来)?(?:展示|显示|呈现|表示|画出来|画出)?/g,
];

/** The question without its words about a chart; the question itself when nothing else would be left. */
export function withoutChartWords(question: string): string {
  if (askedChartType(question) === null) return question;
  const rest = PHRASES.reduce((text, phrase) => text.replace(phrase, ''), question).trim();
  return rest === '' ? question : rest;
}

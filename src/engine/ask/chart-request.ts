/** "As a pie chart", "用折线图展示": a follow-up that asks for nothing but another chart of the last answer. */
import { askedChartType } from '../../reporting/index.ts';

const CHART_WORDS =
  /\b(?:(?:pie|donut|line|bar|column|horizontal bar)s?|charts?|graphs?|plots?|histogram|table|as|a|an|the|please|show|draw|make|display|it|this|that|them|in|to|into|change|switch|use|with|only|me|same|data|result)\b|饼状图|饼图|环形图|折线图|曲线图|趋势图|条形图|柱状图|柱形图|直方图|横向|表格形式|表格|请|帮我|把|将|用|以|换成|改成|改为|变成|画成|画|做成|做|一个|一张|个|张|展示|显示|呈现|表示|看看|看|一下|的|形式|方式|结果|数据|它|这个|上面|刚才|再|[\s,.!?，。！？]/gi;

/** True when nothing of the question is left besides words about a chart. */
export const asksOnlyForChart = (question: string): boolean =>
  askedChartType(question) !== null && question.replace(CHART_WORDS, '') === '';

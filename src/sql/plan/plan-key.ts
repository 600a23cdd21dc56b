import type { Expr, OrderItem, Plan, Predicate, SelectPlan, Source } from './plan.ts';
import { walkPlan } from './walk-plan.ts';

/**
 * A canonical text of a plan: equal for plans that differ only in source aliases, top-level output names, the
 * order of inner joins, of conditions, of the sides of a comparison, or in ordinals against expressions.
 */
export function planKey(plan: Plan): string {
  const labels = labelsOf(plan);
  return planText(plan, labels, true);
}

type Labels = ReadonlyMap<string, string>;

/** Aliases by table and occurrence; the order of occurrence matters only for a table used twice. */
function labelsOf(plan: Plan): Labels {
  const counts = new Map<string, number>();
  const labels = new Map<string, string>();
  walkPlan(plan, {
    enterPlan(entered) {
      if (entered.kind !== 'select') return;
      for (const source of entered.sources) {
        const name = source.kind === 'table' ? `${source.table.schema ?? ''}.${source.table.name}` : '()';
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        labels.set(source.alias, count === 1 ? name : `${name}#${count}`);
      }
    },
  });
  return labels;
}

function planText(plan: Plan, labels: Labels, isTop: boolean): string {
  const end = `${plan.limit ?? ''}/${plan.offset ?? ''}`;
  if (plan.kind === 'set') {
    const operands = [planText(plan.left, labels, isTop), planText(plan.right, labels, isTop)];
    if (plan.op !== 'except') operands.sort();
    return `${plan.op}(${operands.join(';')})${orderText(plan.orderBy, null, labels)}${end}`;
  }
  const items = plan.items.map((item) => {
    const text = keyOf(item.expr, labels);
    return isTop || item.alias === null ? text : `${text} as ${item.alias}`;
  });
  const groups = plan.groupBy.map((expr) => keyOf(resolved(expr, plan), labels)).sort();
  return [
    `${plan.distinct ? 'distinct' : 'select'} ${items.join(',')}`,
    sourcesText(plan, labels),
    plan.groupBy.length > 0 ? `by ${groups.join(',')}` : '',
    plan.having ? `having ${predicateText(plan.having, labels)}` : '',
    orderText(plan.orderBy, plan, labels),
    end,
  ].join('|');
}

/** FROM and WHERE together: with inner joins only, a condition means the same in either. */
function sourcesText(plan: SelectPlan, labels: Labels): string {
  const named = plan.sources.map((source) => sourceText(source, labels));
  const where = plan.where ? conjuncts(plan.where) : [];
  if (plan.sources.some((source) => source.join?.kind === 'left')) {
    const joins = plan.sources.map((source, index) => {
      const on = source.join?.on ? predicateText(source.join.on, labels) : '';
      return `${source.join?.kind ?? ''} ${named[index]} on ${on}`;
    });
    return `${joins.join(',')} where ${where
      .map((part) => predicateText(part, labels))
      .sort()
      .join('&')}`;
  }
  const conditions = [
    ...plan.sources.flatMap((source) => (source.join?.on ? conjuncts(source.join.on) : [])),
    ...where,
  ];
  return `${named.sort().join(',')} where ${conditions
    .map((part) => predicateText(part, labels))
    .sort()
    .join('&')}`;
}

function sourceText(source: Source, labels: Labels): string {
  const label = labels.get(source.alias) ?? source.alias;
  return source.kind === 'plan' ? `${label}(${planText(source.plan, labels, false)})` : label;
}

const conjuncts = (predicate: Predicate): readonly Predicate[] =>
  predicate.kind === 'and' ? predicate.args.flatMap(conjuncts) : [predicate];

function resolved(expr: Expr, plan: SelectPlan | null): Expr {
  return expr.kind === 'ordinal' && plan ? (plan.items[expr.index]?.expr ?? expr) : expr;
}

function orderText(items: readonly OrderItem[], plan: SelectPlan | null, labels: Labels): string {
  const keys = items.map(
    (item) =>
      `${keyOf(resolved(item.expr, plan), labels)}${item.descending ? ' desc' : ''}${item.nulls === 'first' ? ' nf' : ''}`,
  );
  return keys.length > 0 ? `order ${keys.join(',')}` : '';
}

const FLIPPED = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function predicateText(predicate: Predicate, labels: Labels): string {
  switch (predicate.kind) {
    case 'and':
    case 'or': {
      const args = predicate.args.map((arg) => predicateText(arg, labels));
      return args.length === 1 ? (args[0] ?? '') : `${predicate.kind}(${args.sort().join(',')})`;
    }
    case 'comparison': {
      const [left, right] = [keyOf(predicate.left, labels), keyOf(predicate.right, labels)];
      return left <= right ? `${left}${predicate.op}${right}` : `${right}${FLIPPED[predicate.op]}${left}`;
    }
    case 'in': {
      const values = predicate.values.map((value) => keyOf(value, labels)).sort();
      return `${keyOf(predicate.arg, labels)}${predicate.negated ? ' not' : ''} in ${values.join(',')}`;
    }
    default:
      return keyOf(predicate, labels);
  }
}

function keyOf(value: unknown, labels: Labels): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map((part) => keyOf(part, labels)).join(',')}]`;
  const node = value as { readonly kind?: string } & Record<string, unknown>;
  if ('descending' in node) {
    return `${keyOf(node.expr, labels)}${node.descending === true ? ' desc' : ''}${node.nulls === 'first' ? ' nf' : ''}`;
  }
  switch (node.kind) {
    case 'column':
      return `${labels.get(String(node.source)) ?? node.source}.${node.column}`;
    case 'star':
      return node.source === null ? '*' : `${labels.get(String(node.source)) ?? node.source}.*`;
    case 'literal':
      // Where exactly a constant is typed does not make another question.
      return JSON.stringify(typeof node.value === 'number' ? String(node.value) : node.value);
    case 'and':
    case 'or':
    case 'comparison':
    case 'in':
      return predicateText(value as Predicate, labels);
    case 'select':
    case 'set':
      return planText(value as Plan, labels, false);
    default: {
      const fields = Object.entries(node).filter(([key]) => key !== 'kind');
      return `${node.kind ?? ''}{${fields.map(([key, field]) => `${key}:${keyOf(field, labels)}`).join(',')}}`;
    }
  }
}

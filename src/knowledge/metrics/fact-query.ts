import type { ColumnExpr, DateGrain, Expr, LiteralExpr, Predicate, Scalar, Source } from '../../sql/index.ts';
import { addDays } from './day-arithmetic.ts';
import { ExpressionError, type NameResolver, parseExpression, parsePredicate } from './expression.ts';
import { findDimension, type JoinStep } from './find-dimension.ts';
import { type DayPeriod, MetricCompileError, type MetricFilter } from './metric-query.ts';
import type { SemanticLayer, SemanticMeasure, SemanticModel } from './semantic-layer.ts';

/** Gives each source of a plan tree its own alias. */
export class AliasPool {
  private readonly used = new Set<string>();

  take(name: string): string {
    let alias = name;
    for (let i = 2; this.used.has(alias); i++) alias = `${name}_${i}`;
    this.used.add(alias);
    return alias;
  }
}

/**
 * One fact table and what is joined to it. Every join follows an entity to the row that it identifies, so facts are
 * never multiplied; it is a left join, so facts without a partner are kept.
 */
export class FactQuery {
  private readonly layer: SemanticLayer;
  private readonly base: SemanticModel;
  private readonly aliases: AliasPool;
  private readonly joined: Source[] = [];
  /** Alias of each model joined so far. */
  private readonly aliasOf = new Map<SemanticModel, string>();

  constructor(layer: SemanticLayer, base: SemanticModel, aliases: AliasPool) {
    this.layer = layer;
    this.base = base;
    this.aliases = aliases;
    const alias = aliases.take(base.table.name);
    this.aliasOf.set(base, alias);
    this.joined.push({ kind: 'table', alias, table: base.table, join: null });
  }

  get sources(): readonly Source[] {
    return this.joined;
  }

  /** The value of a dimension by name; see {@link findDimension}. */
  dimension(name: string, grain: DateGrain | null = null): Expr {
    const found = findDimension(this.layer, this.base, name);
    for (const step of found.path) this.join(step);
    const value = this.value(found.model, found.field.expr);
    const wanted = grain ?? found.grain;
    return wanted === null ? value : { kind: 'date-trunc', grain: wanted, arg: value };
  }

  /** The expression that a measure aggregates. */
  measured(measure: SemanticMeasure): Expr {
    if (measure.agg !== 'sum_boolean') return this.value(this.base, measure.expr);
    const when = parsePredicate(measure.expr, this.columns(this.base));
    // biome-ignore lint/suspicious/noThenProperty: a branch of the plan's CASE
    return { kind: 'case', whens: [{ when, then: ONE }], otherwise: { ...ONE, value: 0 } };
  }

  /** When the measure's facts happened, or null when they are not dated. */
  time(measure: SemanticMeasure): Expr | null {
    return measure.timeDimension === null ? null : this.dimension(measure.timeDimension);
  }

  /** A filter as metrics write them. */
  condition(text: string): Predicate {
    return parsePredicate(text, {
      name: (name) => this.column(this.base, name),
      template: (_kind, name, grain) => this.dimension(name, grain),
    });
  }

  filter(filter: MetricFilter): Predicate {
    const found = findDimension(this.layer, this.base, filter.dimension);
    const isTime = 'granularity' in found.field && found.field.type === 'time';
    const arg = this.dimension(filter.dimension);
    const values = filter.values.map((value) => literalOf(value, isTime));
    const first = (): Expr => {
      if (values[0] === undefined) {
        throw new MetricCompileError('unsupported', `the filter on "${filter.dimension}" has no value`);
      }
      return values[0];
    };
    switch (filter.op) {
      case 'in':
      case 'not-in':
        first();
        return { kind: 'in', arg, values, negated: filter.op === 'not-in' };
      case 'like':
        return { kind: 'like', arg, pattern: String(filter.values[0] ?? ''), negated: false, caseInsensitive: true };
      case 'is-null':
      case 'is-not-null':
        return { kind: 'is-null', arg, negated: filter.op === 'is-not-null' };
      default:
        return { kind: 'comparison', op: filter.op, left: arg, right: first() };
    }
  }

  private join(step: JoinStep): void {
    if (this.aliasOf.has(step.to)) return;
    const left = this.value(step.from, step.fromEntity.expr);
    const alias = this.aliases.take(step.to.table.name);
    this.aliasOf.set(step.to, alias);
    const right = this.value(step.to, step.toEntity.expr);
    const on: Predicate = { kind: 'comparison', op: '=', left, right };
    this.joined.push({ kind: 'table', alias, table: step.to.table, join: { kind: 'left', on } });
  }

  private value(model: SemanticModel, text: string): Expr {
    return parseExpression(text, this.columns(model));
  }

  private columns(model: SemanticModel): NameResolver {
    return {
      name: (name) => this.column(model, name),
      template: () => {
        throw new ExpressionError('{{ … }} is for filters only');
      },
    };
  }

  private column(model: SemanticModel, column: string): ColumnExpr {
    return { kind: 'column', source: this.aliasOf.get(model)!, column };
  }
}

/** Facts whose time lies in the period; right for dates and for timestamps. */
export function inPeriod(time: Expr, period: DayPeriod): Predicate[] {
  return [
    { kind: 'comparison', op: '>=', left: time, right: dateLiteral(period.from) },
    { kind: 'comparison', op: '<', left: time, right: dateLiteral(addDays(period.to, 1)) },
  ];
}

export const dateLiteral = (value: string): LiteralExpr => ({ kind: 'literal', value, type: 'date' });

export const allOf = (predicates: readonly Predicate[]): Predicate | null =>
  predicates.length === 0 ? null : predicates.length === 1 ? predicates[0]! : { kind: 'and', args: predicates };

const ONE: LiteralExpr = { kind: 'literal', value: 1, type: 'integer' };

function literalOf(value: Scalar, isTime: boolean): LiteralExpr {
  if (value === null) return { kind: 'literal', value, type: 'null' };
  if (typeof value === 'boolean') return { kind: 'literal', value, type: 'boolean' };
  if (typeof value === 'number')
    return { kind: 'literal', value, type: Number.isInteger(value) ? 'integer' : 'decimal' };
  return { kind: 'literal', value, type: isTime ? (value.length > 10 ? 'timestamp' : 'date') : 'text' };
}

/** Turns outcomes into the figures that are kept in the history. */
import type { Outcome } from './measure.ts';

export interface Report {
  readonly questions: number;
  readonly accuracy: number;
  readonly top3: number;
  readonly top5: number;
  readonly threshold: number;
  readonly coverage: number;
  readonly precision: number;
  /** Precision of the surest share of the answers. */
  readonly precisionAt: readonly (readonly [coverage: number, precision: number])[];
  readonly reliability: readonly {
    readonly from: number;
    readonly to: number;
    readonly n: number;
    readonly said: number;
    readonly was: number;
  }[];
  readonly constructs: readonly (readonly [name: string, n: number, accuracy: number])[];
  readonly failures: readonly (readonly [name: string, n: number])[];
  readonly p50: number;
  readonly p95: number;
}

const share = (n: number, of: number): number => (of === 0 ? 0 : n / of);

export function reportOf(outcomes: readonly Outcome[], threshold: number): Report {
  const n = outcomes.length;
  const right = outcomes.filter((o) => o.rank === 0).length;
  const within = (k: number): number => share(outcomes.filter((o) => o.rank >= 0 && o.rank < k).length, n);
  const chosen = outcomes.filter((o) => o.answered && o.confidence >= threshold);
  const byConfidence = [...outcomes].sort((a, b) => b.confidence - a.confidence);
  const precisionAt = [0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8].map((c): [number, number] => {
    const top = byConfidence.slice(0, Math.round(n * c));
    return [c, share(top.filter((o) => o.rank === 0).length, top.length)];
  });
  const reliability = Array.from({ length: 10 }, (_, b) => {
    const inside = outcomes.filter((o) => Math.min(9, Math.floor(o.confidence * 10)) === b);
    return {
      from: b / 10,
      to: (b + 1) / 10,
      n: inside.length,
      said: share(
        inside.reduce((s, o) => s + o.confidence, 0),
        inside.length,
      ),
      was: share(inside.filter((o) => o.rank === 0).length, inside.length),
    };
  });
  const names = [...new Set(outcomes.flatMap((o) => o.constructs))].sort();
  const times = outcomes.map((o) => o.ms).sort((a, b) => a - b);
  const failures = new Map<string, number>();
  for (const o of outcomes) if (o.failure) failures.set(o.failure, (failures.get(o.failure) ?? 0) + 1);
  return {
    questions: n,
    accuracy: share(right, n),
    top3: within(3),
    top5: within(5),
    threshold,
    coverage: share(chosen.length, n),
    precision: share(chosen.filter((o) => o.rank === 0).length, chosen.length),
    precisionAt,
    reliability,
    constructs: names.map((name) => {
      const some = outcomes.filter((o) => o.constructs.includes(name));
      return [name, some.length, share(some.filter((o) => o.rank === 0).length, some.length)];
    }),
    failures: [...failures].sort((a, b) => b[1] - a[1]),
    p50: times[Math.floor(n * 0.5)] ?? 0,
    p95: times[Math.floor(n * 0.95)] ?? 0,
  };
}

const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;

/** The report as Markdown. */
export function renderReport(title: string, r: Report): string {
  return [
    `## ${title}`,
    '',
    `${r.questions} questions · execution accuracy **${percent(r.accuracy)}** · among the first three ${percent(r.top3)}, five ${percent(r.top5)}`,
    `answered at confidence ≥ ${r.threshold}: coverage **${percent(r.coverage)}**, precision **${percent(r.precision)}** · planning p50 ${r.p50.toFixed(1)} ms, p95 ${r.p95.toFixed(1)} ms`,
    '',
    `precision of the surest: ${r.precisionAt.map(([c, p]) => `${Math.round(c * 100)} % → ${(100 * p).toFixed(0)}`).join(' · ')}`,
    '',
    '| construct | n | accuracy |',
    '|---|---|---|',
    ...r.constructs.map(([name, n, a]) => `| ${name} | ${n} | ${percent(a)} |`),
    '',
    '| confidence | n | said | was |',
    '|---|---|---|---|',
    ...r.reliability
      .filter((b) => b.n > 0)
      .map((b) => `| ${b.from}–${b.to} | ${b.n} | ${b.said.toFixed(2)} | ${b.was.toFixed(2)} |`),
    '',
    `failures: ${r.failures.map(([name, n]) => `${name} ${n}`).join(' · ')}`,
    '',
  ].join('\n');
}

/** Learns which question words go with which schema words, from the columns that gold queries use. */
import { lexiconWords, type QuestionContext } from '../../src/planning/builtin/learned/slots/question-context.ts';

export class LexiconCounts {
  private readonly pairs = new Map<string, { used: number; unused: number }>();
  private used = 0;
  private unused = 0;

  /** `columns` are those the gold query uses; the other columns of the same tables are counter-examples. */
  add(context: QuestionContext, columns: ReadonlySet<number>): void {
    const { linking } = context;
    const { schema } = linking;
    const words = [...lexiconWords(linking.question, linking.mask)].filter((w) => !STOP.has(w));
    const tables = new Set([...columns].map((c) => schema.columns[c]!.table));
    for (const t of tables)
      for (const id of schema.tables[t]!.columns) {
        if (linking.columns[id]!.matches[0]?.coverage === 1) continue;
        const hit = columns.has(id);
        if (hit) this.used++;
        else this.unused++;
        for (const unit of new Set(schema.columns[id]!.phrases[0]!))
          for (const w of words) {
            if (w === unit) continue;
            const key = `${w}~${unit}`;
            let c = this.pairs.get(key);
            if (c === undefined) {
              c = { used: 0, unused: 0 };
              this.pairs.set(key, c);
            }
            if (hit) c.used++;
            else c.unused++;
          }
      }
  }

  build(): Map<string, number> {
    const out = new Map<string, number>();
    const prior = this.used / Math.max(1, this.unused + this.used);
    for (const [key, c] of this.pairs) {
      if (c.used < 3) continue;
      const total = c.used + c.unused;
      const p = (c.used + 3 * prior) / (total + 3);
      const odds = Math.log(p / (1 - p + 1e-6)) - Math.log(prior / (1 - prior));
      if (odds > 0.7) out.set(key, Math.round(Math.min(3, odds) * 100) / 100);
    }
    return out;
  }
}

const STOP = new Set(
  'the a an of on at and or is are was were be with that this those these their its as do does did have has had'.split(
    ' ',
  ),
);

import { describe, expect, it } from 'vitest';
import { classify, trainClassifier } from './text-classifier.ts';

const examples = Array.from({ length: 60 }, (_, i) => ({
  features: [i % 2 === 0 ? 'more' : 'less', `noise${i % 5}`],
  label: i % 2 === 0 ? '>' : '<',
}));

describe('text classifier', () => {
  it('learns which word speaks for which label', () => {
    const model = trainClassifier(examples);
    const scores = classify(model, ['more']);
    expect(model.labels[scores.indexOf(Math.max(...scores))]).toBe('>');
  });
  it('gives log-probabilities that add up to one', () => {
    const total = [...classify(trainClassifier(examples), ['less', 'unknown'])].reduce(
      (sum, s) => sum + Math.exp(s),
      0,
    );
    expect(total).toBeCloseTo(1, 5);
  });
  it('trains to the same weights from the same seed', () => {
    expect(trainClassifier(examples, { seed: 3 })).toEqual(trainClassifier(examples, { seed: 3 }));
  });
});

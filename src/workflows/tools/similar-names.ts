/** How alike two names are, by their pairs of characters (Dice), 0 to 1; case and punctuation do not count. */
export function nameSimilarity(left: string, right: string): number {
  const a = pairs(left);
  const b = pairs(right);
  if (a.length === 0 || b.length === 0) return left.toLowerCase() === right.toLowerCase() ? 1 : 0;
  const rest = [...b];
  let shared = 0;
  for (const pair of a) {
    const at = rest.indexOf(pair);
    if (at >= 0) {
      shared += 1;
      rest.splice(at, 1);
    }
  }
  return (2 * shared) / (a.length + b.length);
}

function pairs(name: string): string[] {
  const text = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2));
}

/** The names closest to a wanted one, best first; far ones are left out. */
export function closestNames(wanted: string, names: readonly string[], count: number): string[] {
  return names
    .map((name) => ({ name, score: nameSimilarity(wanted, name) }))
    .filter(({ score }) => score >= 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ name }) => name);
}

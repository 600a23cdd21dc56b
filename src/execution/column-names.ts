/** Column names made unique, in whatever case they are: a repeated `name` becomes `name_2`, `name_3`. */
export function uniqueColumnNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 2; used.has(unique.toLowerCase()); n += 1) unique = `${name}_${n}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

// Folders under src/, lowest row first. A folder imports earlier rows only, through their index.ts.
const layers = [
  ['kernel'],
  ['sql', 'llm', 'storage'],
  ['execution', 'tasks', 'accounts', 'chats'],
  ['catalog'],
  ['knowledge'],
  ['planning', 'reporting'],
  ['workflows', 'pipeline'],
  ['engine'],
  ['server', 'cli'],
];
const downward = layers.flatMap((row, i) =>
  row
    .map((name) => ({
      name: `${name}-looks-down-only`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: {
        path: `^src/(${layers
          .slice(i)
          .flat()
          .filter((n) => n !== name)
          .join('|')})/`,
      },
    }))
    .filter((rule) => !rule.to.path.includes('()')),
);
const only = (name, folder, pkg) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: folder },
  to: { path: `node_modules/${pkg}/` },
});
module.exports = {
  forbidden: [
    ...downward,
    {
      name: 'front-door',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'surfaces-see-only-the-engine',
      severity: 'error',
      from: { path: '^src/(server|cli)/' },
      to: { path: '^src/[^/]+/', pathNot: '^src/($1|engine|kernel)/' },
    },
    {
      name: 'surfaces-are-strangers',
      severity: 'error',
      from: { path: '^src/server/(datus|pipeline|sqlbot)/' },
      to: { path: '^src/server/(datus|pipeline|sqlbot)/', pathNot: '^src/server/$1/' },
    },
    {
      name: 'datasources-are-strangers',
      severity: 'error',
      from: { path: '^src/execution/datasources/([^/]+)/' },
      to: { path: '^src/execution/datasources/[^/]+/', pathNot: '^src/execution/datasources/$1/' },
    },
    {
      name: 'no-runtime-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('fastify-in-server', '^src/server/', 'fastify'),
    only('model-vendors-in-llm', '^src/llm/', '@ai-sdk/[^/]+'),
    only('drivers-in-datasources', '^src/(execution/datasources|storage|engine/demo)/', '(pg|mysql2|@duckdb/[^/]+)'),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '\\.test(-d)?\\.ts$' },
  },
};

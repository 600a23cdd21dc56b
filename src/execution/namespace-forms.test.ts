import { describe, expect, it } from 'vitest';
import { datasourcesOfNamespace } from './namespace-forms.ts';

const context = { namespace: 'shop', baseDirectory: '/base' };
const read = (raw: unknown): unknown => datasourcesOfNamespace(raw, context);

describe('datasourcesOfNamespace', () => {
  it('reads uri and name', () => {
    expect(read({ type: 'sqlite', name: 'ssb', uri: 'sqlite:////data/ssb.db' })).toEqual([
      { name: 'ssb', config: { kind: 'sqlite', path: '/data/ssb.db' } },
    ]);
    expect(read({ type: 'duckdb', uri: 'data/demo.duckdb' })).toEqual([
      { name: 'demo', config: { kind: 'duckdb', path: '/base/data/demo.duckdb' } },
    ]);
  });

  it('reads a list of databases', () => {
    expect(read({ type: 'sqlite', dbs: [{ name: 'one', uri: '/a.db' }, { uri: '/two.sqlite' }] })).toEqual([
      { name: 'one', config: { kind: 'sqlite', path: '/a.db' } },
      { name: 'two', config: { kind: 'sqlite', path: '/two.sqlite' } },
    ]);
  });

  it('reads host, port, username, password, database and schema', () => {
    expect(
      read({
        type: 'postgresql',
        host: 'h',
        port: '5433',
        username: 'u',
        password: 'p',
        database: 'd',
        schema: 's',
        catalog: 'c',
      }),
    ).toEqual([
      {
        name: 'd',
        config: {
          kind: 'postgres',
          host: 'h',
          port: 5433,
          user: 'u',
          password: 'p',
          database: 'd',
          ssl: 'disable',
          schema: 's',
        },
      },
    ]);
  });

  it.each(['mysql', 'mariadb', 'starrocks', 'MySQL'])('speaks the MySQL protocol for type %s', (type) => {
    expect(read({ type, database: 'd', host: 'h', port: 9030, username: 'u', password: 12345 })).toEqual([
      {
        name: 'd',
        config: { kind: 'mysql', host: 'h', port: 9030, user: 'u', password: '12345', database: 'd', ssl: 'disable' },
      },
    ]);
  });

  it('reads our own files type', () => {
    expect(read({ type: 'files', paths: ['a.csv', '/b'] })).toEqual([
      { name: 'shop', config: { kind: 'files', paths: ['/base/a.csv', '/b'] } },
    ]);
  });

  it.each([
    [{ type: 'snowflake' }, 'namespace.shop: type snowflake is not supported'],
    [{ type: 'sqlite' }, 'namespace.shop: type sqlite needs one of uri, dbs or path_pattern'],
    [{ type: 'postgres', host: 'h' }, 'namespace.shop: type postgres needs database'],
    [{ type: 'sqlite', path_pattern: 'no/such/*.db' }, 'namespace.shop: path_pattern no/such/*.db matches no file'],
    [{ uri: 'x' }, 'namespace.shop: type'],
    [{ type: 'sqlite', dbs: [] }, 'namespace.shop: dbs'],
  ])('names the key and the fix for %j', (raw, expected) => {
    expect(() => read(raw)).toThrow(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { parseConnectionUrl } from './connection-url.ts';
import { withoutSecrets } from './registry.ts';

describe('parseConnectionUrl', () => {
  it('reads a PostgreSQL URL with an encoded password, TLS and a schema', () => {
    expect(
      parseConnectionUrl('postgresql://me:p%40ss%2F@db.example.org:6543/shop?sslmode=verify-full&schema=sales'),
    ).toEqual({
      kind: 'postgres',
      host: 'db.example.org',
      port: 6543,
      user: 'me',
      password: 'p@ss/',
      database: 'shop',
      ssl: 'verify-full',
      schema: 'sales',
    });
  });

  it.each(['mysql://root@127.0.0.1/shop', 'mariadb://root@127.0.0.1/shop', 'mysql+pymysql://root@127.0.0.1/shop'])(
    'reads %s',
    (url) => {
      expect(parseConnectionUrl(url)).toEqual({
        kind: 'mysql',
        host: '127.0.0.1',
        user: 'root',
        password: '',
        database: 'shop',
        ssl: 'disable',
      });
    },
  );

  it('reads an IPv6 host', () => {
    expect(parseConnectionUrl('postgres://[::1]:5433/shop')).toMatchObject({ host: '::1', port: 5433 });
  });

  it.each([
    ['sqlite:///no/such/data.db', 'sqlite', '/no/such/data.db'],
    ['sqlite:////no/such/data.db', 'sqlite', '/no/such/data.db'],
    ['sqlite:data/shop.db', 'sqlite', 'data/shop.db'],
    ['sqlite://data/shop.db', 'sqlite', 'data/shop.db'],
    ['duckdb:///no/such/shop.duckdb', 'duckdb', '/no/such/shop.duckdb'],
    ['shop.duckdb', 'duckdb', 'shop.duckdb'],
    ['shop.sqlite', 'sqlite', 'shop.sqlite'],
  ])('reads %s as a file', (text, kind, path) => {
    expect(parseConnectionUrl(text)).toEqual({ kind, path });
  });

  it.each(['sales.csv', './data/*.parquet', 'book.xlsx', 'folder'])('reads %s as files of rows', (text) => {
    expect(parseConnectionUrl(text)).toEqual({ kind: 'files', paths: [text] });
  });

  it.each([
    ['postgres://me:secret@host', 'names no database'],
    ['postgres://me:sec ret@ho st/x', 'encode special characters'],
    ['oracle://me:secret@host/x', 'not supported'],
  ])('refuses %s without quoting the password', (url, expected) => {
    const attempt = (): unknown => parseConnectionUrl(url);
    expect(attempt).toThrow(expected);
    expect(attempt).not.toThrow(/sec ?ret/);
  });
});

describe('withoutSecrets', () => {
  it('hides the password and nothing else', () => {
    const config = parseConnectionUrl('postgres://me:secret@host/shop');
    expect(withoutSecrets(config)).toMatchObject({ user: 'me', password: '***', host: 'host' });
  });
});

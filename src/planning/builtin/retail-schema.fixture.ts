/** A small shop as a schema with samples, for tests. */
import type { Column, ColumnType, DatabaseSchema, Scalar, Table } from '../../sql/index.ts';

type Spec = readonly [name: string, type: ColumnType, comment: string | null, values?: readonly Scalar[]];

function column([name, type, comment, values]: Spec): Column {
  const list = values ?? [];
  const numbers = list.filter((value) => typeof value === 'number');
  return {
    name,
    type,
    comment,
    nativeType: type,
    nullable: !name.endsWith('_id'),
    synonyms: [],
    values:
      values === undefined
        ? null
        : {
            list,
            complete: true,
            min: numbers.length > 0 ? Math.min(...numbers) : null,
            max: numbers.length > 0 ? Math.max(...numbers) : null,
          },
  };
}

function table(
  name: string,
  comment: string | null,
  synonyms: readonly string[],
  specs: readonly Spec[],
  keys: Readonly<Record<string, string>>,
): Table {
  return {
    ref: { schema: null, name },
    kind: 'table',
    comment,
    synonyms,
    columns: specs.map(column),
    primaryKey: [specs[0]![0]],
    uniqueKeys: [],
    rowCount: 100,
    foreignKeys: Object.entries(keys).map(([from, to]) => ({
      columns: [from],
      referenced: { schema: null, name: to },
      referencedColumns: [from],
      origin: 'declared',
    })),
  };
}

/** English names with Chinese comments, or (`bare`) without them. */
export function retailSchema(bare = false): DatabaseSchema {
  const tables = [
    table(
      'regions',
      '地区',
      [],
      [
        ['region_id', 'integer', null],
        ['region_name', 'text', '地区名称', ['华东', '华南', '华北']],
      ],
      {},
    ),
    table(
      'customers',
      '客户',
      ['users', '用户'],
      [
        ['customer_id', 'integer', null],
        ['customer_name', 'text', '客户姓名', ['Ann Lee', 'Bo Chen']],
        ['city', 'text', '城市', ['Shanghai', 'Beijing', 'Hangzhou']],
        ['gender', 'text', '性别', ['M', 'F']],
        ['level', 'text', '会员等级', ['gold', 'silver']],
        ['region_id', 'integer', null],
        ['registered_at', 'timestamp', '注册时间'],
      ],
      { region_id: 'regions' },
    ),
    table(
      'categories',
      '商品类别',
      [],
      [
        ['category_id', 'integer', null],
        ['category_name', 'text', '类别名称', ['Electronics', 'Books', 'Food']],
      ],
      {},
    ),
    table(
      'products',
      '商品',
      ['产品'],
      [
        ['product_id', 'integer', null],
        ['product_name', 'text', '商品名称', ['Laptop', 'Phone', 'Novel']],
        ['category_id', 'integer', null],
        ['unit_price', 'decimal', '单价'],
        ['stock', 'integer', '库存', [0, 5, 20]],
        ['discontinued', 'boolean', '是否停产'],
      ],
      { category_id: 'categories' },
    ),
    table(
      'orders',
      '订单',
      [],
      [
        ['order_id', 'integer', null],
        ['customer_id', 'integer', null],
        ['order_date', 'date', '下单日期'],
        ['status', 'text', '订单状态', ['paid', 'shipped', 'cancelled']],
        ['channel', 'text', '渠道', ['online', 'store']],
        ['total_amount', 'decimal', '订单金额'],
      ],
      { customer_id: 'customers' },
    ),
    table(
      'order_items',
      '订单明细',
      [],
      [
        ['item_id', 'integer', null],
        ['order_id', 'integer', null],
        ['product_id', 'integer', null],
        ['quantity', 'integer', '数量'],
        ['unit_price', 'decimal', '成交单价'],
        ['discount', 'decimal', '折扣', [0, 0.1]],
      ],
      { order_id: 'orders', product_id: 'products' },
    ),
  ];
  const stripped = tables.map((one) => ({
    ...one,
    comment: null,
    synonyms: [],
    columns: one.columns.map((item) => ({ ...item, comment: null })),
  }));
  return {
    dialect: 'sqlite',
    defaultSchema: null,
    tables: bare ? stripped : tables,
    fingerprint: bare ? 'retail-bare' : 'retail',
  };
}

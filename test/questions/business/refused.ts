import type { RefusedQuestion } from './question.ts';

const refused = (
  id: string,
  db: RefusedQuestion['db'],
  language: RefusedQuestion['language'],
  why: RefusedQuestion['why'],
  question: string,
): RefusedQuestion => ({ id: `refused-${id}`, db, language, why, question });

export const REFUSED: readonly RefusedQuestion[] = [
  refused('01', 'demo', 'en', 'out-of-domain', 'what is the meaning of life'),
  refused('02', 'demo', 'zh', 'out-of-domain', '帮我写一首诗'),
  refused('03', 'demo', 'en', 'write', 'delete all customers'),
  refused('04', 'demo', 'zh', 'write', '删除所有订单'),
  refused('05', 'chinook', 'en', 'out-of-domain', "What's the weather in Paris tomorrow?"),
  refused('06', 'northwind', 'zh', 'out-of-domain', '今天股市涨了吗'),
  refused('07', 'sakila', 'en', 'out-of-domain', 'Translate good morning into French'),
  refused('08', 'employees', 'en', 'out-of-domain', 'Who won the football world cup in 2018?'),
  refused('09', 'demo', 'en', 'write', 'Drop the orders table'),
  refused('10', 'northwind', 'en', 'write', 'Increase all product prices by 10 percent'),
  refused('11', 'northwind', 'zh', 'write', '把所有产品的价格上调10%'),
  refused('12', 'chinook', 'en', 'write', 'Add a new customer called Bob Miller'),
  refused('13', 'demo', 'zh', 'write', '清空退款表'),
  refused('14', 'sakila', 'en', 'write', 'Set all rentals to returned'),
  refused('15', 'demo', 'en', 'no-data', 'What is our customer satisfaction score?'),
  refused('16', 'demo', 'en', 'no-data', 'How many visitors did our website have last month?'),
  refused('17', 'demo', 'zh', 'no-data', '客户的平均年龄是多少'),
  refused('18', 'demo', 'zh', 'no-data', '员工离职率是多少'),
  refused('19', 'chinook', 'en', 'no-data', 'Which tracks have the best critic ratings?'),
  refused('20', 'northwind', 'en', 'no-data', 'How much did we spend on advertising in 1997?'),
  refused('21', 'sakila', 'zh', 'no-data', '每部电影的票房是多少'),
  refused('22', 'employees', 'en', 'no-data', 'How many vacation days are left per employee?'),
  refused('23', 'employees', 'zh', 'no-data', '员工的学历分布情况'),
  refused('24', 'chinook', 'zh', 'out-of-domain', '讲个笑话给我听'),
];

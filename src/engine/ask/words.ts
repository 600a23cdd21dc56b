/** Sentences of the ask part in both languages. */
export const WORDS = {
  en: {
    noDatasource: 'No datasource is available to you.',
    whichDatasource: (names: string) =>
      `Several datasources fit this question equally: ${names}. Please name one by its datasource_id.`,
    noData: (id: number) => `Record id: ${id} has no data to work with`,
    noRights: (id: number) => `Record id: ${id} was answered under other rights, and yours do not allow it any more`,
    unreachable: 'The datasource cannot be reached',
    stopping: 'The server is stopping; please ask again',
    noReason: 'The question could not be answered',
    youCanAsk: (questions: readonly string[]) => `You could ask: ${questions.join('; ')}`,
    readings: (options: string) => `Did you mean: ${options}?`,
  },
  zh: {
    noDatasource: '没有可用的数据源。',
    whichDatasource: (names: string) => `有多个数据源同样匹配该问题：${names}。请用 datasource_id 指定其中一个。`,
    noData: (id: number) => `记录 ${id} 没有可用的数据`,
    noRights: (id: number) => `记录 ${id} 是在其他权限下得到的，您当前的权限已不允许查看`,
    unreachable: '无法连接数据源',
    stopping: '服务正在停止，请稍后重试',
    noReason: '无法回答该问题',
    youCanAsk: (questions: readonly string[]) => `您可以问：${questions.join('；')}`,
    readings: (options: string) => `您是想问：${options}？`,
  },
} as const;

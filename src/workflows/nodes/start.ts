import { proceed, type WorkflowNode } from '../node.ts';

/** First node of every run: opens the datasource and loads what is known about it. */
export const startNode: WorkflowNode = {
  type: 'start',
  async run({ state, services, signal, emit }) {
    const source = await services.openDatasource(state.request, signal);
    state.source = source;
    state.knowledge = await services.knowledge(state.request, source);
    await emit({
      type: 'run-progress',
      action: 'initialization',
      message: state.language === 'zh' ? `已连接数据源 ${source.name}` : `Connected to datasource ${source.name}`,
      percent: 10,
    });
    return proceed;
  },
};

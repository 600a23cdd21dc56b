/** A small client of the open ask API for tests. */

export interface Answer {
  readonly success: boolean;
  readonly record_id?: number;
  readonly title?: string;
  readonly sql?: string;
  readonly message?: string;
  readonly content?: string;
  readonly image_url?: string | null;
  readonly data?: { fields: string[]; data: Record<string, unknown>[]; limit?: number; sql: string };
  readonly chart?: { type: string; title: string; [key: string]: unknown };
  readonly origin_data?: Record<string, unknown>[];
  readonly predict_data?: Record<string, unknown>[];
}

export interface Asked {
  readonly status: number;
  readonly chatId: number;
  readonly answer: Answer;
}

export interface AskClient {
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The detail of a refused request, with its status. */
  refusal(body: Record<string, unknown>): Promise<readonly [number, unknown]>;
  ask(question: string, more?: Record<string, unknown>): Promise<Asked>;
  stream(question: string, more?: Record<string, unknown>): Promise<{ text: string; headers: Headers; status: number }>;
}

export function askClient(url: string, key: string | null, account: Record<string, unknown>): AskClient {
  const post: AskClient['post'] = (path, body, headers = {}) =>
    fetch(`${url}/api/v1/open/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === null ? {} : { 'X-SQLBOT-OPEN-KEY': key }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    post,
    async refusal(body) {
      const response = await post('ask', { ...account, ...body });
      return [response.status, ((await response.json()) as { detail: unknown }).detail];
    },
    async ask(question, more = {}) {
      const response = await post('ask', { ...account, question, ...more });
      const body = (await response.json()) as { chat_id: number; answer: Answer };
      return { status: response.status, chatId: body.chat_id, answer: body.answer };
    },
    async stream(question, more = {}) {
      const response = await post('ask', { ...account, question, stream: true, ...more });
      return { text: await response.text(), headers: response.headers, status: response.status };
    },
  };
}

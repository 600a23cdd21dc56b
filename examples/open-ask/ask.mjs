// Asks two questions of one chat and prints the rows: node ask.mjs ["question" ["follow-up"]]
// QUERENT_URL, QUERENT_USERNAME, QUERENT_PASSWORD and, where the server wants one, OPEN_API_KEY come from the environment.
const {
  QUERENT_URL = 'http://127.0.0.1:8000',
  OPEN_API_KEY = '',
  QUERENT_USERNAME = 'admin',
  QUERENT_PASSWORD = '',
} = process.env;
const [question = '本月销售额是多少', followUp = '按地区分组'] = process.argv.slice(2);

async function post(path, body) {
  const response = await fetch(`${QUERENT_URL}/api/v1/open/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-SQLBOT-OPEN-KEY': OPEN_API_KEY },
    body: JSON.stringify({ username: QUERENT_USERNAME, password: QUERENT_PASSWORD, ...body }),
  });
  const answer = await response.json();
  // 500 is a question without an answer: its body says why. Everything else is a faulty request.
  if (!response.ok && response.status !== 500) throw new Error(`${response.status} ${JSON.stringify(answer.detail)}`);
  return answer;
}

function show({ success, message, sql, data, chart, image_url: imageUrl }) {
  if (!success) {
    console.log(`no answer: ${message}`);
    return;
  }
  console.log(sql);
  console.table(data.data.slice(0, 10));
  console.log(`chart: ${chart.type}${imageUrl ? ` ${imageUrl}` : ''}`);
}

const { datasources } = await post('datasources', {});
console.log(`datasources: ${datasources.map(({ id, name }) => `${id} ${name}`).join(', ')}`);
const first = await post('ask', { question, datasource_id: datasources[0].id });
show(first.answer);
const second = await post('ask', { question: followUp, chat_id: first.chat_id });
show(second.answer);
process.exitCode = first.answer.success && second.answer.success ? 0 : 1;

// Lists the tables of the default database and shows one as a document. Node 20 or newer, no packages.
const api = `${process.env.QUERENT_PIPELINE_URL ?? 'http://localhost:8084'}/api/v0`;

async function post(path, body) {
  const response = await fetch(api + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!answer.success) throw new Error(`${answer.error.code}: ${answer.error.details}`);
  return answer.data;
}

const { tables, db_connection_info: database } = await post('/database/tables', { table_name_pattern: 'bss_*' });
console.log(`${database.database}: ${tables.length} tables`);
for (const table of tables) console.log(`  ${table}`);
const { md } = await post('/database/table/ddl', { table: tables[0], type: 'md' });
console.log(md);

/** Rights end to end on real databases: what a restricted user gets equals what a smaller database would give. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createChatStore } from '../../../src/chats/index.ts';
import { silentLogger } from '../../../src/kernel/index.ts';
import { openState } from '../../../src/storage/index.ts';
import { TEST_ENGINES, type TestEngine } from '../../support/engines.ts';
import { answer } from '../../support/scripted-model-server.ts';
import { type Clinic, listed, openClinic, PASSWORD, values } from './clinic.ts';
import { coversAll, verifies } from './requirements.ts';

coversAll('RIGHT');

/** Statements that bind and fail when they run. */
const FAILING: Readonly<Record<TestEngine['kind'], string>> = {
  duckdb: 'SELECT CAST(patient_name AS INTEGER) AS n FROM patients',
  postgres: 'SELECT CAST(patient_name AS INTEGER) AS n FROM patients',
  embedded: 'SELECT CAST(patient_name AS INTEGER) AS n FROM patients',
  sqlite: 'SELECT abs(-9223372036854775807 - patient_id) AS n FROM patients',
  mysql: 'SELECT (SELECT patient_name FROM patients) AS n',
};

for (const on of TEST_ENGINES) {
  on.describe(`rights on ${on.kind}`, () => {
    let clinic: Clinic;
    const all = { schema: null, allowed: true, hiddenColumns: [], rows: null };

    beforeAll(async () => {
      clinic = await openClinic(on);
      const { accounts, addUser, id: datasourceId } = clinic;
      await addUser('rita', { variables: { region: 'north' }, roles: ['regional'] });
      await addUser('noah', { roles: ['regional'] });
      const tom = await addUser('tom');
      await addUser('wanda', { workspaces: ['elsewhere'] });
      const regional = { kind: 'role', name: 'regional' } as const;
      await accounts.grant({
        ...all,
        datasourceId,
        subject: regional,
        table: 'patients',
        hiddenColumns: ['ssn'],
        rows: { column: 'region', term: 'eq', variable: 'region' },
      });
      await accounts.grant({ ...all, datasourceId, subject: regional, table: 'salaries', allowed: false });
      await accounts.grant({
        ...all,
        datasourceId,
        subject: { kind: 'user', id: tom },
        table: 'patients',
        rows: {
          logic: 'or',
          items: [
            { column: 'city', term: 'like', value: 'Ber' },
            { column: 'region', term: 'null' },
          ],
        },
      });
    });
    afterAll(() => clinic?.close());

    const ask: Clinic['ask'] = (...given) => clinic.ask(...given);
    const sent = (from: number): string => JSON.stringify(clinic.model.requests.slice(from).map(({ body }) => body));

    verifies('RIGHT-1', async () => {
      expect(values(await ask('rita', 'how many patients'))).toEqual([2]);
      expect(values(await ask('tom', 'how many patients'))).toEqual([3]);
      expect(listed(await ask('rita', 'show all patients'), 'patient_name')).toEqual(['Anna', 'Cora']);
      expect(listed(await ask('tom', 'show all patients'), 'patient_name')).toEqual(['Anna', 'Bela', 'Egon']);
      const byCity = await ask('rita', 'number of patients by city');
      expect(listed(byCity, 'city')).toEqual(['Berlin', 'Hamburg']);
      const cost = await ask('rita', 'total cost of visits by city');
      expect(values(cost).sort()).toEqual([30, 30, 'Berlin', 'Hamburg']);
      const counts = await ask('tom', 'number of patients by city');
      expect(values(counts).sort()).toEqual([1, 1, 1, 'Berlin', 'Bern', 'Rome']);
    });

    verifies('RIGHT-2', async () => {
      const everything = await ask('rita', 'show all patients');
      expect(everything.data?.fields).toEqual(['patient_id', 'patient_name', 'city', 'region']);
      for (const question of [
        'ssn of the patients',
        'patients by ssn',
        'total salary',
        'show all salaries',
        'ssn-1001',
      ]) {
        const { title: _, ...given } = await ask('rita', question);
        expect(JSON.stringify(given), question).not.toMatch(/ssn-\d|91234|Quincy/);
        expect(given.sql ?? '', question).not.toMatch(/ssn\b|salar/i);
        // What the person typed may be repeated; names that were not typed may not appear.
        expect(given.message ?? '', question).not.toMatch(question.includes('ssn') ? /salar/i : /ssn/i);
      }
      const { datasources } = (await clinic.post('datasources', { username: 'rita', password: PASSWORD })).json() as {
        datasources: { num: string }[];
      };
      expect(datasources.map((one) => one.num)).toEqual(['2/2']);
    });

    verifies('RIGHT-3', async () => {
      expect(values(await ask('noah', 'how many patients'))).toEqual([0]);
      await clinic.accounts.users.change('noah', { variables: { region: 'south' } });
      expect(values(await ask('noah', 'how many patients'))).toEqual([2]);
    });

    verifies('RIGHT-4', async () => {
      expect(values(await ask('admin', 'how many patients'))).toEqual([5]);
      expect((await ask('admin', 'show all patients')).data?.fields).toContain('ssn');
      const seen = async (username: string) => {
        const response = await clinic.post('datasources', { username, password: PASSWORD });
        return (response.json() as { datasources: { name: string }[] }).datasources.map((one) => one.name);
      };
      expect(await seen('admin')).toEqual(['clinic']);
      expect(await seen('wanda')).toEqual(['depot']);
      const depot = (await clinic.accounts.datasource('depot')).id;
      const body = { username: 'rita', password: PASSWORD, question: 'x', datasource_id: depot };
      const refused = await clinic.post('ask', body);
      expect([refused.statusCode, refused.json()]).toEqual([400, { detail: 'Invalid datasource_id' }]);
    });

    verifies('RIGHT-5', async () => {
      const subject = {
        kind: 'user',
        id: await clinic.addUser('uma', { workspaces: ['default', 'elsewhere'] }),
      } as const;
      const { accounts, id: datasourceId } = clinic;
      const depot = (await accounts.datasource('depot')).id;
      const asked = await ask('uma', 'number of patients by city as a pie chart', { datasourceId });
      const { chatId } = asked;
      expect(listed(asked, 'city')).toEqual(['Berlin', 'Bern', 'Hamburg', 'Rome']);
      expect((await ask('uma', '/analysis', { chatId })).content).toContain('Rome');
      const monthly = await ask('uma', 'total amount of deliveries by month', { datasourceId: depot });
      const forecast = await ask('uma', '/predict', { chatId: monthly.chatId });
      expect(
        Math.max(...values(forecast.data ? forecast : monthly).filter((one) => typeof one === 'number')),
      ).toBeGreaterThan(7_000);
      const links = [asked.image_url, monthly.image_url, forecast.image_url];
      expect(await Promise.all(links.map(clinic.picture))).toEqual([200, 200, 200]);

      // Fewer rows: what was answered before is read again.
      const north = { column: 'region', term: 'eq', value: 'north' } as const;
      await accounts.grant({ ...all, datasourceId, subject, table: 'patients', rows: north });
      const main = { column: 'store', term: 'eq', value: 'main' } as const;
      await accounts.grant({ ...all, datasourceId: depot, subject, table: 'deliveries', rows: main });
      expect(await Promise.all(links.map(clinic.picture))).toEqual([404, 404, 404]);
      const analysed = await ask('uma', `/analysis ${asked.record_id}`, { chatId });
      expect(analysed.content).toMatch(/Berlin|Hamburg/);
      expect(analysed.content).not.toMatch(/Rome|Bern\b/);
      const redrawn = await ask('uma', 'as a bar chart', { chatId });
      expect(listed(redrawn, 'city')).toEqual(['Berlin', 'Hamburg']);
      expect(redrawn.chart).toMatchObject({ type: 'bar' });
      expect(await clinic.picture(redrawn.image_url)).toBe(200);
      const predicted = await ask('uma', `/predict ${monthly.record_id}`, { chatId: monthly.chatId });
      const amounts = [...(predicted.origin_data ?? []), ...(predicted.predict_data ?? [])].flatMap(Object.values);
      expect(Math.max(...amounts.filter((one) => typeof one === 'number'))).toBeLessThan(1_000);
      expect(await clinic.picture(predicted.image_url)).toBe(200);
      expect(listed(await ask('uma', `/regenerate ${asked.record_id}`, { chatId }), 'city')).toEqual([
        'Berlin',
        'Hamburg',
      ]);

      // A column less: what was answered with it is refused, and follow-ups have forgotten it.
      await accounts.grant({ ...all, datasourceId, subject, table: 'patients', hiddenColumns: ['city'] });
      for (const question of [`/analysis ${asked.record_id}`, `/predict ${asked.record_id}`, 'as a line chart']) {
        const refused = await ask('uma', question, { chatId });
        expect(refused.success, question).toBe(false);
        expect(refused.message, question).toMatch(/^Record id: \d+ was answered under other rights/);
        expect(JSON.stringify(refused), question).not.toMatch(/Berlin|Hamburg|city/);
      }
      const before = clinic.model.requests.length;
      await ask('uma', 'And is there any correlation with wing humidity or mood?', { chatId });
      expect(clinic.model.requests.length).toBeGreaterThan(before);
      expect(sent(before)).not.toMatch(/city|Berlin|Hamburg/);

      // The whole datasource gone: nothing of it is shown any more.
      await accounts.revoke({ subject, datasourceId, schema: null, table: 'patients' });
      expect(await clinic.picture(asked.image_url)).toBe(200);
      await accounts.moveDatasource(datasourceId, 'closed');
      try {
        expect(await clinic.picture(asked.image_url)).toBe(404);
        expect(await ask('uma', `/analysis ${asked.record_id}`, { chatId })).toMatchObject({ success: false });
      } finally {
        await accounts.moveDatasource(datasourceId, 'default');
      }
      await accounts.users.change('uma', { disabled: true });
      expect(await clinic.picture(asked.image_url)).toBe(404);
    });

    verifies('RIGHT-6', async () => {
      const { knowledge } = clinic;
      const datasource = 'clinic';
      const term = (word: string, synonyms: string[], description: string) => ({
        word,
        synonyms,
        description,
        datasources: [],
        enabled: true,
      });
      await knowledge.saveTerms([
        term('humidity', ['wing humidity'], 'moisture, see the table salaries'),
        term('mood', [], 'read from the SSN of a patient'),
        term('correlation', ['salary link'], 'how two figures go together'),
        term('hospital wing', [], 'the region of a patient'),
      ]);
      const { signal } = new AbortController();
      const examples = [
        ['correlation between humidity and mood', 'SELECT count(*) FROM patients WHERE ssn IS NULL'],
        ['humidity and mood without any ssn', 'SELECT count(*) AS n FROM patients'],
        ['correlation of mood and salary', 'SELECT count(*) AS n FROM visits'],
        ['hospital wing and mood', 'SELECT region, count(*) AS n FROM patients GROUP BY region'],
      ] as const;
      for (const [question, sql] of examples) {
        await knowledge.saveExample({ datasource, question, sql, enabled: true }, signal);
      }
      const before = clinic.model.requests.length;
      await ask('rita', 'Is there any correlation between hospital wing humidity and mood?');
      expect(sent(before)).toContain('patients');
      expect(sent(before)).toContain('the region of a patient');
      expect(sent(before)).not.toMatch(/ssn|salar|Rome|Bern\b|Dora|Quincy/i);
      const whole = clinic.model.requests.length;
      await ask('admin', 'Is there any correlation between hospital wing humidity and mood?');
      expect(sent(whole)).toMatch(/ssn[\s\S]*salar|salar[\s\S]*ssn/i);
      // An example that matches word for word wins only where all of it may be seen.
      expect((await ask('admin', examples[0][0])).sql).toBe(examples[0][1]);
      expect((await ask('rita', examples[0][0])).sql ?? '').not.toMatch(/ssn/);
      expect((await ask('rita', examples[3][0])).sql).toBe(examples[3][1]);
      expect(values(await ask('rita', examples[3][0]))).toEqual(['north', 2]);
    });

    verifies('MODEL-1', async () => {
      const { chatId } = await ask('admin', 'how many visits');
      for (const question of ['how many patients', 'by city', 'number of patients by region']) {
        expect((await ask('admin', question, { chatId })).success, question).toBe(true);
      }
      const before = clinic.model.requests.length;
      await ask('admin', 'And is there any correlation with wing humidity or mood?', { chatId });
      const context = sent(before);
      expect(context).toMatch(/how many patients[\s\S]*by city[\s\S]*number of patients by region/);
      expect(context).not.toContain('how many visits');
    });

    it('finishes a record whose process was lost, and lets the next question lean on it', async () => {
      const state = await openState({ home: clinic.home, logger: silentLogger, role: 'client' });
      try {
        const chats = createChatStore(state);
        const admin = await clinic.accounts.users.findByName('admin');
        const { id: datasourceId, workspaceId } = await clinic.accounts.datasource('clinic');
        const userId = admin?.id ?? 0;
        const chat = await chats.create({ userId, workspaceId, datasourceId });
        const question = 'how many patients';
        const record = await chats.addRecord({ chatId: chat.id, kind: 'ask', question, sourceRecordId: null });
        await chats.setRun(record.id, { id: 'ask-lost', rights: 'all' });
        const request = {
          workflow: 'dynamic',
          namespace: 'clinic',
          question,
          database: null,
          schemaName: null,
          today: '2026-01-15',
          notes: [],
          subjectPath: [],
          planMode: false,
          previous: [],
          account: { userId, datasourceId, rights: 'all' },
        };
        await clinic.engine.submitRun({ id: 'ask-lost', owner: `user#${userId}`, channel: 'ask', request });
        const given = await ask('admin', 'by city', { chatId: chat.id });
        expect(listed(given, 'city')).toEqual(['Berlin', 'Bern', 'Hamburg', 'Rome']);
        expect(await chats.findRecord(record.id)).toMatchObject({ error: null, sql: expect.stringContaining('COUNT') });
      } finally {
        await state.close();
      }
    });

    // Nor does it say anything of the rule that was put into the statement.
    verifies('FAULT-2', async () => {
      const sql = FAILING[on.kind];
      clinic.model.otherwise(() => answer(JSON.stringify({ sql, explanation: 'names as numbers' })));
      const given = await ask('rita', 'Convert what each sick person is called into an arithmetic quantity');
      expect(given.success).toBe(false);
      expect(given.sql).toBe(sql);
      expect(JSON.parse(given.message ?? '')).toEqual({
        message: expect.stringMatching(/^Execute SQL Failed: /),
        type: 'exec-sql-err',
      });
      expect(JSON.stringify(given)).not.toMatch(/north|region|ssn|LINE/);
    });
  });
}

// Drives the hub's FHIR endpoint with fhir-kit-client (MIT) and judges everything the hub emits with fhir (ISC): two libraries that
// nobody of this project wrote. Usage: node fhir-client.mjs BASE TASK_ID PATIENT_ID. One JSON line a step; exit code 1 when one fails.
import { Client } from 'fhir-kit-client';
import fhirModule from 'fhir';

const Fhir = fhirModule.Fhir ?? fhirModule.default?.Fhir ?? fhirModule;
const judge = new Fhir();
const [base, taskId, patientId] = process.argv.slice(2);
const client = new Client({ baseUrl: base, customHeaders: { 'Test-Ods': 'RX1' } });
let failed = 0;

async function step(name, run) {
  try {
    const detail = await run();
    console.log(JSON.stringify({ name, ok: true, detail: detail ?? null }));
  } catch (e) {
    failed++;
    console.log(JSON.stringify({ name, ok: false, detail: String(e?.stack ?? e).slice(0, 600), outcome: e?.response?.data ?? null }));
  }
}

function must(condition, what) {
  if (!condition) throw new Error(what);
}

// The hub's own JSON, and its XML read by the judge, must both be without a fault.
async function sound(path, options = {}) {
  const headers = { 'Test-Ods': 'RX1', ...options.headers };
  const json = await fetch(`${base}/${path}`, { ...options, headers: { ...headers, Accept: 'application/fhir+json' } });
  const resource = await json.json();
  faultless(resource, `${path} as JSON`);
  const xml = await (await fetch(`${base}/${path}`, { ...options, headers: { ...headers, Accept: 'application/fhir+xml' } })).text();
  faultless(judge.xmlToObj(xml), `${path} as XML`);
  return resource;
}

function faultless(resource, what) {
  must(resource && resource.resourceType, `${what}: no resource`);
  const verdict = judge.validate(resource, { errorOnUnexpected: true });
  const faults = verdict.messages.filter(m => m.severity === 'error' || m.severity === 'fatal');
  must(verdict.valid && faults.length === 0, `${what}: ${JSON.stringify(faults.slice(0, 5))}`);
}

async function refused(call, status) {
  try {
    await call();
  } catch (e) {
    const found = e?.response?.status ?? e?.response?.statusCode;
    must(found === status, `status ${found}, not ${status}: ${JSON.stringify(e?.response?.data)}`);
    must(e.response.data?.resourceType === 'OperationOutcome', 'no OperationOutcome');
    faultless(e.response.data, `outcome of ${status}`);
    return;
  }
  throw new Error(`was not refused with ${status}`);
}

const form = {
  resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: 'https://integrationhub.example/fhir/Questionnaire/ehc-health-advice|1.0.0',
  identifier: { system: 'http://rx1.example/advice', value: 'kit-1' }, subject: { reference: `Patient/${patientId}` },
  item: [
    { linkId: 'author', item: [
      { linkId: 'author.name', answer: [{ valueString: 'Dr Bello' }] }, { linkId: 'author.role', answer: [{ valueString: 'Paediatrician' }] },
      { linkId: 'author.written-on', answer: [{ valueDate: '2026-04-01' }] }] },
    { linkId: 'need', item: [
      { linkId: 'need.area', answer: [{ valueCoding: { system: 'https://integrationhub.example/fhir/CodeSystem/advice-section', code: 'needs-health' } }] },
      { linkId: 'need.text', answer: [{ valueString: 'Epilepsy.' }] }] },
  ],
};
let task, created, subscription, document;

await step('metadata', async () => { const c = await client.capabilityStatement(); must(c.fhirVersion === '4.0.1', 'wrong version'); await sound('metadata'); });
await step('search with include', async () => {
  const page = await client.search({ resourceType: 'Task', searchParams: { status: 'requested', _include: 'Task:focus' } });
  must(page.entry.length === 2 && page.entry[1].resource.resourceType === 'ServiceRequest', 'Task and ServiceRequest expected');
  await sound('Task?_include=Task:focus&_include=Task:patient&_include=Task:owner&_include=Task:requester');
});
await step('search by POST', async () => { const page = await client.search({ resourceType: 'Patient', searchParams: { family: 'Lieberman' }, options: { postSearch: true } }); must(page.total === 1, 'one patient expected'); });
for (const type of ['Patient', 'Organization', 'ServiceRequest', 'Questionnaire']) await step(`search ${type}`, async () => { must((await sound(type)).total > 0, 'none found'); });
await step('read', async () => { task = await client.read({ resourceType: 'Task', id: taskId }); must(task.status === 'requested', 'requested expected'); await sound(`Task/${taskId}`); });
await step('vread', async () => must((await client.vread({ resourceType: 'Task', id: taskId, version: '1' })).meta.versionId === '1', 'version 1 expected'));
await step('history', async () => { must((await client.history({ resourceType: 'Task', id: taskId })).entry.length >= 1, 'no history'); await sound(`Task/${taskId}/_history`); });
await step('read unknown is 404', () => refused(() => client.read({ resourceType: 'Task', id: 'unknown' }), 404));
await step('unknown type is 404', () => refused(() => client.read({ resourceType: 'Observation', id: '1' }), 404));
await step('strict search is 400', () => refused(() => client.search({ resourceType: 'Task', searchParams: { shoe: '41' }, options: { headers: { Prefer: 'handling=strict' } } }), 400));
await step('stale If-Match is 412', () => refused(() => client.update({ resourceType: 'Task', id: taskId, body: task, options: { headers: { 'If-Match': 'W/"99"' } } }), 412));
await step('illegal step is 422', () => refused(() => client.update({ resourceType: 'Task', id: taskId, body: { ...task, status: 'in-progress' } }), 422));
await step('update with If-Match', async () => {
  task = await client.update({ resourceType: 'Task', id: taskId, body: { ...task, status: 'received' }, options: { headers: { 'If-Match': 'W/"1"' } } });
  must(task.status === 'received' && task.meta.versionId === '2', 'version 2 received expected');
});
await step('patch', async () => {
  task = await client.patch({ resourceType: 'Task', id: taskId, jsonPatch: [{ op: 'replace', path: '/status', value: 'accepted' }] });
  must(task.status === 'accepted', 'accepted expected');
});
await step('create', async () => { created = await client.create({ resourceType: 'QuestionnaireResponse', body: form }); must(created.id, 'no id'); await sound(`QuestionnaireResponse/${created.id}`); });
await step('conditional create', async () => {
  const again = await client.create({ resourceType: 'QuestionnaireResponse', body: form, options: { headers: { 'If-None-Exist': 'identifier=http://rx1.example/advice|kit-1' } } });
  must(again.id === created.id, 'the existing one expected');
});
await step('create of a wrong resource is 422', () => refused(() => client.create({ resourceType: 'QuestionnaireResponse', body: { ...form, status: 'nonsense' } }), 422));
await step('create of what is not offered is 405', () => refused(() => client.create({ resourceType: 'Patient', body: { resourceType: 'Patient', active: true } }), 405));
await step('binary and document', async () => {
  const binary = await client.create({ resourceType: 'Binary', body: { resourceType: 'Binary', contentType: 'text/plain', data: Buffer.from('report').toString('base64') } });
  document = await client.create({ resourceType: 'DocumentReference', body: {
    resourceType: 'DocumentReference', status: 'current', subject: { reference: `Patient/${patientId}` },
    content: [{ attachment: { contentType: 'text/plain', url: `Binary/${binary.id}`, title: 'report.txt' } }] } });
  await sound(`Binary/${binary.id}`);
  await sound(`DocumentReference/${document.id}`);
});
await step('subscription', async () => {
  subscription = await client.create({ resourceType: 'Subscription', body: {
    resourceType: 'Subscription', status: 'requested', reason: 'new requests', criteria: 'Task?status=requested',
    channel: { type: 'rest-hook', endpoint: 'https://rx1.example/hook', payload: 'application/fhir+json' } } });
  await sound(`Subscription/${subscription.id}`);
});
await step('delete', async () => { await client.delete({ resourceType: 'Subscription', id: subscription.id }); await refused(() => client.read({ resourceType: 'Subscription', id: subscription.id }), 410); });
await step('batch', async () => {
  const answer = await client.batch({ body: { resourceType: 'Bundle', type: 'batch', entry: [
    { request: { method: 'GET', url: `Task/${taskId}` } }, { request: { method: 'GET', url: 'Task/unknown' } }] } });
  must(answer.entry[0].response.status.startsWith('200') && answer.entry[1].response.status.startsWith('404'), 'a 200 and a 404 expected');
  faultless(answer, 'batch response');
});
await step('transaction completes the task', async () => {
  const current = await client.read({ resourceType: 'Task', id: taskId });
  const url = 'urn:uuid:5d7b4e62-3f8c-4f43-8e4e-000000000001';
  const answer = await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry: [
    { fullUrl: url, resource: { ...form, identifier: { ...form.identifier, value: 'kit-2' } }, request: { method: 'POST', url: 'QuestionnaireResponse' } },
    { fullUrl: `${base}/Task/${taskId}`, resource: { ...current, status: 'completed', output: [{ type: { text: 'advice' }, valueReference: { reference: url } }] },
      request: { method: 'PUT', url: `Task/${taskId}`, ifMatch: `W/"${current.meta.versionId}"` } }] } });
  faultless(answer, 'transaction response');
  must((await sound(`Task/${taskId}`)).output[0].valueReference.reference.startsWith('QuestionnaireResponse/'), 'the reference was not rewritten');
});
await step('paging', async () => {
  const page = await client.search({ resourceType: 'QuestionnaireResponse', searchParams: { _count: 1 } });
  const next = await client.nextPage({ bundle: page });
  must(page.entry.length === 1 && next.entry.length === 1 && page.entry[0].resource.id !== next.entry[0].resource.id, 'two pages expected');
  faultless(next, 'next page');
});
await step('message without ids is 400', () => refused(() => client.request('$process-message', { method: 'POST', body: { resourceType: 'Bundle', type: 'message' } }), 400));
process.exit(failed === 0 ? 0 : 1);

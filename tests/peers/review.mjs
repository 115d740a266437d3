// Two who are invited to an annual review, each with a client that nobody of this project wrote: an NHS body over FHIR (fhir-kit-client) and a
// school over the bus (@azure/service-bus). Each reads what it is asked, tries what must be refused, and answers in words of its own, which it
// prints ("word ...") so that the test can find every one of them in the case. Ends with exit code 1 where anything is not as it should be.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Client } from "fhir-kit-client";
import { ServiceBusClient } from "@azure/service-bus";

const { HUB, FHIR_TOKEN, BUS, CASE, SCHOOL, SUBSCRIPTION } = process.env;
const HUB_CODES = "https://integrationhub.example/fhir";
const today = new Date().toISOString().slice(0, 10);

function word(text) {
  console.log(`word ${text}`);
  return text;
}

async function refused(call, status) {
  try {
    await call();
  } catch (error) {
    const found = error?.response?.status ?? error?.response?.statusCode;
    assert.equal(found, status, JSON.stringify(error?.response?.data ?? String(error)));
    return JSON.stringify(error.response.data);
  }
  throw new Error(`was not refused with ${status}`);
}

async function overFhir() {
  const base = `${HUB}/fhir`;
  const client = new Client({ baseUrl: base, bearerToken: FHIR_TOKEN });
  const page = await client.search({ resourceType: "Task", searchParams: { status: "requested", _include: "Task:focus" } });
  let task = page.entry.map((entry) => entry.resource).find((one) => one.resourceType === "Task");
  assert.ok(task.code.coding.some((coding) => coding.system === `${HUB_CODES}/CodeSystem/advice-task` && coding.code === "review-advice"), JSON.stringify(task.code));
  const input = (code) => task.input.filter((one) => one.type.coding?.[0]?.code === code);
  assert.ok(input("review-meeting")[0].valueDate > today && task.restriction.period.end < input("review-meeting")[0].valueDate, "due before the meeting");
  assert.equal(input("review-number")[0].valuePositiveInt, 1);
  const lines = input("plan-line").map((one) => one.valueCodeableConcept);
  assert.ok(lines.length >= 2 && lines.every((line) => line.text && line.coding[0].code), JSON.stringify(lines));

  const [url, version] = input("questionnaire")[0].valueCanonical.split("|");
  const form = (await client.search({ resourceType: "Questionnaire", searchParams: { url, version } })).entry[0].resource;
  assert.ok(form.item.some((item) => item.linkId === "progress"), "the form asks about the lines of the plan");
  const finding = form.item.find((item) => item.linkId === "progress").item.find((item) => item.linkId === "progress.finding").answerOption[1].valueCoding;

  const answer = (subject, questionnaire = `${url}|${version}`) => ({
    resourceType: "QuestionnaireResponse", status: "completed", questionnaire, subject, authored: today,
    identifier: { system: "http://rx1.example/advice", value: randomUUID() },
    item: [
      { linkId: "author", item: [
        { linkId: "author.name", answer: [{ valueString: "Dr Farida Bello" }] }, { linkId: "author.role", answer: [{ valueString: "Community paediatrician" }] },
        { linkId: "author.written-on", answer: [{ valueDate: today }] }] },
      { linkId: "known", answer: [{ valueCoding: { system: `${HUB_CODES}/CodeSystem/advice-form`, code: "known" } }] },
      { linkId: "progress", item: [
        { linkId: "progress.line", answer: [{ valueString: lines[0].coding[0].code }] },
        { linkId: "progress.finding", answer: [{ valueCoding: finding }] },
        { linkId: "progress.text", answer: [{ valueString: "Wears both aids at school since Michaelmas." }] }] },
      { linkId: "change", item: [{ linkId: "change.text", answer: [{ valueString: "Audiology now sees the child twice a term." }] }] },
      { linkId: "view", item: [{ linkId: "view.text", answer: [{ valueString: "Would rather sit near the window." }] }] },
      { linkId: "need", item: [
        { linkId: "need.area", answer: [{ valueCoding: { system: `${HUB_CODES}/CodeSystem/advice-section`, code: "needs-health" } }] },
        { linkId: "need.text", answer: [{ valueString: "Tires when the hall echoes." }] }] },
      { linkId: "note", item: [
        { linkId: "note.heading", answer: [{ valueString: "Batteries" }] }, { linkId: "note.text", answer: [{ valueString: "Spare ones are kept in the office." }] }] },
    ],
  });
  const submit = (response) => {
    const at = `urn:uuid:${randomUUID()}`;
    return client.transaction({ body: { resourceType: "Bundle", type: "transaction", entry: [
      { fullUrl: at, resource: response, request: { method: "POST", url: "QuestionnaireResponse" } },
      { fullUrl: `${base}/Task/${task.id}`, resource: { ...task, status: "completed", output: [{ type: { text: "advice" }, valueReference: { reference: at } }] },
        request: { method: "PUT", url: `Task/${task.id}` } }] } });
  };
  const patient = { reference: task.for.reference };
  task = await client.patch({ resourceType: "Task", id: task.id, jsonPatch: [{ op: "replace", path: "/status", value: "accepted" }] });
  for (const wrong of [{ identifier: { system: "https://fhir.nhs.uk/Id/nhs-number", value: "9434765919" } }, { display: "Somebody Else" }]) {
    const why = await refused(() => submit(answer({ ...patient, ...wrong })), 422);
    assert.match(why, /resource\.subject\.(identifier|display)/);
  }
  const wrongForm = await refused(() => submit(answer(patient, `${HUB_CODES}/Questionnaire/ehc-health-advice|2.0.0`)), 422);
  assert.match(wrongForm, /a different questionnaire/);
  assert.equal((await client.read({ resourceType: "Task", id: task.id })).status, "accepted", "nothing of what was refused is kept");

  await submit(answer(patient));
  assert.equal((await client.read({ resourceType: "Task", id: task.id })).status, "completed");
  for (const text of ["Dr Farida Bello", "Community paediatrician", lines[0].coding[0].code, finding.display, "Wears both aids at school since Michaelmas.", "Audiology now sees the child twice a term.",
    "Would rather sit near the window.", "Tires when the hall echoes.", "Batteries", "Spare ones are kept in the office."]) word(text);
}

async function overTheBus() {
  const bus = new ServiceBusClient(BUS);
  const requests = bus.createReceiver("advice-requests", SUBSCRIPTION);
  const status = bus.createReceiver("assessment-status", SUBSCRIPTION);
  const answers = bus.createSender("advice-responses");
  const [message] = await requests.receiveMessages(1, { maxWaitTimeInMs: 60_000 });
  const asked = message.body;
  assert.equal(message.applicationProperties.cloudEvents_type, "uk.integrationhub.review.advice-requested.v1");
  assert.equal(asked.assessment, CASE);
  assert.ok(asked.meetingOn > today && asked.dueOn < asked.meetingOn && asked.review === 1 && asked.lines.length >= 2, JSON.stringify(asked));
  await requests.completeMessage(message);

  const send = async (type, body, session = CASE) => {
    const id = randomUUID();
    await answers.sendMessages({
      messageId: id, sessionId: session, contentType: "application/json",
      applicationProperties: { cloudEvents_specversion: "1.0", cloudEvents_id: id, cloudEvents_source: "urn:school:review", cloudEvents_type: `uk.integrationhub.${type}.v1`, cloudEvents_agency: SCHOOL },
      body });
    return id;
  };
  // Why a message was not taken: the status topic tells its sender. Other news of the case may come first.
  const rejected = async (id) => {
    for (let tries = 0; tries < 20; tries++) {
      for (const news of await status.receiveMessages(1, { maxWaitTimeInMs: 10_000 })) {
        await status.completeMessage(news);
        if (news.body.messageId === id) return news.body.reason;
      }
    }
    throw new Error(`${id} was not rejected`);
  };
  const own = { assessment: CASE, request: asked.request, agency: SCHOOL };
  const advice = {
    author: "Ruth Okafor", authorRole: "Head teacher", writtenOn: today,
    views: [{ id: "v1", text: "Says that Fridays are too loud." }],
    provision: [{ id: "p1", kind: "education", text: "A quiet table in the library after lunch.", who: "The librarian", howOften: "daily", howLong: "20 minutes", outcomes: [] }],
    notes: [{ heading: "Attendance", text: "Ninety-six per cent since September." }] };
  const progress = [{ line: asked.lines[0].line, finding: "onTrack", text: "Follows two steps of three." }, { line: asked.lines[1].line, finding: "partlyDelivered", text: "The group met thrice a week until half-term." }];

  assert.match(await rejected(await send("review.advice-submitted", { ...own, request: "medical-1", advice })), /not asked/);
  assert.match(await rejected(await send("review.advice-submitted", { ...own, advice, progress: [{ ...progress[0], line: "somebody-elses/o9" }] })), /neither an outcome nor a provision/);
  assert.match(await rejected(await send("review.advice-submitted", { ...own, advice, progress: [progress[0], progress[0]] })), /two entries/);
  await send("advice.acknowledged", { ...own, receivedAt: new Date().toISOString() });
  await send("review.advice-submitted", { ...own, progress, advice });
  for (const text of ["Ruth Okafor", "Head teacher", "Says that Fridays are too loud.", "A quiet table in the library after lunch.", "The librarian", "20 minutes", "Attendance", "Ninety-six per cent since September.",
    asked.lines[0].line, "On track", "Follows two steps of three.", asked.lines[1].line, "Delivered in part", "The group met thrice a week until half-term."]) word(text);
  await bus.close();
}

try {
  await overFhir();
  await overTheBus();
  console.log("both have answered");
  process.exit(0);
} catch (fault) {
  console.log(String(fault?.stack ?? fault));
  process.exit(1);
}

// Keys and signatures: what each opens.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { ServiceBusClient } from "@azure/service-bus";
import { check, receiver, takeOne, send, fails, root, options, BUS_ROOT, BUS_AGENCY, BUS_SUBSCRIPTION, BUS_AGENCY_ID } from "./service-bus.kit.mjs";

check("a wrong key is refused", async () => {
  const wrong = new ServiceBusClient(BUS_ROOT.replace(/SharedAccessKey=[^;]+/, "SharedAccessKey=d3Jvbmc="), options);
  await fails(wrong.createSender("assessments-pushed").sendMessages({ body: 1 }), "UnauthorizedAccess");
  await wrong.close();
});

check("a signature that has expired is refused", async () => {
  const [, endpoint] = /Endpoint=([^;]+)/.exec(BUS_ROOT);
  const key = /SharedAccessKey=([^;]+)/.exec(BUS_ROOT)[1];
  const signed = (seconds) => {
    const sr = encodeURIComponent(`${endpoint}/assessments-pushed`);
    const sig = encodeURIComponent(createHmac("sha256", key).update(`${sr}\n${seconds}`).digest("base64"));
    return `Endpoint=${endpoint};SharedAccessSignature=SharedAccessSignature sr=${sr}&sig=${sig}&se=${seconds}&skn=RootManageSharedAccessKey;UseDevelopmentEmulator=true;`;
  };
  const now = Math.floor(Date.now() / 1000);
  const late = new ServiceBusClient(signed(now - 10), options);
  await fails(late.createSender("assessments-pushed").sendMessages({ body: 1 }), "UnauthorizedAccess");
  await late.close();
  const good = new ServiceBusClient(signed(now + 600), options);
  await good.createSender("assessments-pushed").sendMessages({ body: "signed", messageId: randomUUID() });
  await assert.rejects(good.createSender("school-closures").sendMessages({ body: 1 }), (error) => error.code === "UnauthorizedAccess");
  await good.close();
  const r = receiver(root, "assessments-pushed");
  await r.completeMessage(await takeOne(r));
});

check("an agency's key sends and reads its own, and nothing else", async () => {
  const agency = new ServiceBusClient(BUS_AGENCY, options);
  const s = randomUUID();
  await agency.createSender("advice-responses").sendMessages({ body: "answer", sessionId: s, messageId: randomUUID() });
  await send("advice-requests", { body: "ask", messageId: randomUUID(), applicationProperties: { cloudEvents_agency: BUS_AGENCY_ID } });
  const own = agency.createReceiver("advice-requests", BUS_SUBSCRIPTION);
  const got = await takeOne(own);
  await own.completeMessage(got);
  await fails(agency.createSender("advice-requests").sendMessages({ body: 1 }), "UnauthorizedAccess");
  // The SDK may look for the session in the answer before the reason has come: then it tells only that it got none.
  await assert.rejects(agency.acceptSession("advice-responses", s), (error) => ["UnauthorizedAccess", "SessionCannotBeLocked"].includes(error.code));
  await fails(agency.createReceiver("advice-requests", "other").receiveMessages(1, { maxWaitTimeInMs: 500 }), "UnauthorizedAccess");
  await fails(agency.createReceiver("advice-responses").peekMessages(1), "UnauthorizedAccess");
  await agency.close();
  const session = await root.acceptSession("advice-responses", s);
  const answer = await takeOne(session);
  assert.equal(answer._rawAmqpMessage.messageAnnotations["x-opt-hub-sent-by"], BUS_SUBSCRIPTION);
  await session.completeMessage(answer);
  await session.close();
});

check("an entity that is not there is refused", async () => {
  await assert.rejects(send("no-such-queue", { body: 1 }), /no such queue/);
});

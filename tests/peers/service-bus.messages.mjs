// Messages on queues, topics and subscriptions.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { delay } from "@azure/service-bus";
import { check, receiver, take, takeOne, nothing, send, fails, root, lockMs, BUS_SUBSCRIPTION, BUS_AGENCY_ID } from "./service-bus.kit.mjs";

check("send and complete: everything a message carries comes through", async () => {
  const message = {
    body: { said: "good morning" }, messageId: randomUUID(), correlationId: "c-1", subject: "s", contentType: "application/json", to: "t", replyTo: "r",
    replyToSessionId: "rs", partitionKey: "p", timeToLive: 60_000,
    applicationProperties: { text: "x", number: 7, flag: true, when: new Date(1_700_000_000_000), "cloudEvents_type": "t", "cloudEvents:id": "i" },
  };
  await send("assessments-pushed", message);
  const r = receiver(root, "assessments-pushed");
  const got = await takeOne(r);
  for (const name of ["body", "messageId", "correlationId", "subject", "contentType", "to", "replyTo", "replyToSessionId", "partitionKey", "timeToLive"]) {
    assert.deepEqual(got[name], message[name], name);
  }
  assert.deepEqual(got.applicationProperties, { ...message.applicationProperties, when: 1_700_000_000_000 });
  assert.equal(got.deliveryCount, 0);
  assert.equal(got.state, "active");
  assert.match(got.lockToken, /^[0-9a-f]{8}-/);
  assert.notEqual(got.lockToken, "00000000-0000-0000-0000-000000000000");
  assert.ok(got.sequenceNumber.toNumber() > 0);
  assert.ok(Math.abs(got.enqueuedTimeUtc.getTime() - Date.now()) < 60_000);
  assert.ok(got.lockedUntilUtc.getTime() > Date.now());
  await r.completeMessage(got);
  await nothing(r);
});

check("bodies of value and sequence kind come through", async () => {
  await send("assessments-pushed", [
    { body: { a: [1, "two"] }, bodyType: "value", properties: { messageId: randomUUID() } },
    { body: [[1, 2], [3]], bodyType: "sequence", properties: { messageId: randomUUID() } },
  ]);
  const r = receiver(root, "assessments-pushed");
  const [value, sequence] = await take(r, 2);
  assert.deepEqual(value.body, { a: [1, "two"] });
  assert.equal(sequence._rawAmqpMessage.bodyType, "sequence");
  await r.completeMessage(value);
  await r.completeMessage(sequence);
});

check("a message near the size limit comes through, a larger one is refused", async () => {
  const big = Buffer.alloc(250_000, 7);
  await send("assessments-pushed", { body: big, messageId: randomUUID() });
  const r = receiver(root, "assessments-pushed");
  const got = await takeOne(r);
  assert.ok(big.equals(got.body));
  await r.completeMessage(got);
  await fails(send("assessments-pushed", { body: Buffer.alloc(300_000), messageId: randomUUID() }), "MessageSizeExceeded");
});

check("batches: an array and a built batch", async () => {
  await send("assessments-pushed", Array.from({ length: 20 }, (_, i) => ({ body: i, messageId: randomUUID() })));
  const sender = root.createSender("assessments-pushed");
  const batch = await sender.createMessageBatch();
  assert.equal(batch.maxSizeInBytes, 262144);
  assert.ok(batch.tryAddMessage({ body: 20, messageId: randomUUID() }));
  assert.ok(batch.tryAddMessage({ body: 21, messageId: randomUUID() }));
  await sender.sendMessages(batch);
  const r = receiver(root, "assessments-pushed");
  const got = await take(r, 22);
  assert.deepEqual(got.map((m) => m.body), Array.from({ length: 22 }, (_, i) => i));
  await Promise.all(got.map((m) => r.completeMessage(m)));
  await nothing(r);
});

check("abandon raises the delivery count, changes properties, and at the tenth time makes a dead letter", async () => {
  await send("assessments-pushed", { body: "poison", messageId: randomUUID(), applicationProperties: { kept: "k" } });
  const r = receiver(root, "assessments-pushed");
  for (let i = 0; i < 10; i++) {
    const got = await takeOne(r);
    assert.equal(got.deliveryCount, i);
    if (i > 0) assert.deepEqual(got.applicationProperties, { kept: "k", tried: i - 1 });
    await r.abandonMessage(got, { tried: i });
  }
  await nothing(r);
  const dead = receiver(root, "assessments-pushed", { subQueueType: "deadLetter" });
  const got = await takeOne(dead);
  assert.equal(got.deadLetterReason, "MaxDeliveryCountExceeded");
  assert.equal(got.deadLetterSource, "assessments-pushed");
  await dead.completeMessage(got);
});

check("dead-letter with reason, description and properties; read from $DeadLetterQueue", async () => {
  await send("school-closures", { body: "bad", messageId: randomUUID() });
  const r = receiver(root, "school-closures");
  await r.deadLetterMessage(await takeOne(r), { deadLetterReason: "bad-form", deadLetterErrorDescription: "$.school: missing.", seenBy: "test" });
  const dead = receiver(root, "school-closures", { subQueueType: "deadLetter" });
  const got = await takeOne(dead);
  assert.equal(got.deadLetterReason, "bad-form");
  assert.equal(got.deadLetterErrorDescription, "$.school: missing.");
  assert.equal(got.applicationProperties.seenBy, "test");
  await dead.completeMessage(got);
  await nothing(dead);
});

check("a lock that runs out gives the message to another; its old token is worth nothing", async () => {
  await send("short", { body: "l", messageId: randomUUID() });
  const first = receiver(root, "short", { maxAutoLockRenewalDurationInMs: 0 });
  const lost = await takeOne(first);
  const second = receiver(root, "short", { maxAutoLockRenewalDurationInMs: 0 });
  const got = await takeOne(second, lockMs + 5000);
  assert.equal(got.messageId, lost.messageId);
  assert.equal(got.deliveryCount, 1);
  await fails(first.completeMessage(lost), "MessageLockLost");
  await second.completeMessage(got);
});

check("renewing keeps the lock", async () => {
  await send("short", { body: "r", messageId: randomUUID() });
  const r = receiver(root, "short", { maxAutoLockRenewalDurationInMs: 0 });
  const got = await takeOne(r);
  for (let i = 0; i < 4; i++) {
    await delay(lockMs / 2);
    const until = await r.renewMessageLock(got);
    assert.ok(until.getTime() > Date.now());
  }
  await r.completeMessage(got);
  await fails(r.renewMessageLock({ ...got, lockToken: randomUUID() }), "MessageLockLost");
});

check("defer, receive by sequence number, settle through $management", async () => {
  await send("assessments-pushed", [1, 2, 3, 4].map((body) => ({ body, messageId: randomUUID() })));
  const r = receiver(root, "assessments-pushed");
  const all = await take(r, 4);
  for (const m of all) await r.deferMessage(m, { why: "later" });
  await nothing(r);
  const numbers = all.map((m) => m.sequenceNumber);
  assert.deepEqual((await r.peekMessages(4, { fromSequenceNumber: numbers[0] })).map((m) => m.state), Array(4).fill("deferred"));
  const [a, b, c, d] = await r.receiveDeferredMessages(numbers);
  assert.equal(a.applicationProperties.why, "later");
  assert.match(a.lockToken, /^[0-9a-f]{8}-/);
  await r.completeMessage(a);
  await r.abandonMessage(b, { again: 1 });
  await r.deadLetterMessage(c, { deadLetterReason: "r", deadLetterErrorDescription: "d" });
  await r.deferMessage(d);
  await fails(r.receiveDeferredMessages([numbers[0]]), "MessageNotFound");
  const [b2] = await r.receiveDeferredMessages(numbers[1]);
  assert.equal(b2.deliveryCount, 1);
  assert.equal(b2.applicationProperties.again, 1);
  await r.renewMessageLock(b2);
  await r.completeMessage(b2);
  await fails(r.completeMessage({ ...b2, delivery: { ...b2.delivery } }), "MessageLockLost");
  const gone = receiver(root, "assessments-pushed", { receiveMode: "receiveAndDelete" });
  assert.equal((await gone.receiveDeferredMessages(numbers[3])).length, 1);
  const dead = receiver(root, "assessments-pushed", { subQueueType: "deadLetter" });
  const letter = await takeOne(dead);
  assert.equal(letter.deadLetterReason, "r");
  await dead.completeMessage(letter);
});

check("schedule, by call and by property, and cancel", async () => {
  const sender = root.createSender("assessments-pushed");
  const at = new Date(Date.now() + 1500);
  const [cancelled, kept] = await sender.scheduleMessages([{ body: "cancelled", messageId: randomUUID() }, { body: "kept", messageId: randomUUID() }], at);
  await sender.sendMessages({ body: "by property", messageId: randomUUID(), scheduledEnqueueTimeUtc: at });
  const r = receiver(root, "assessments-pushed");
  assert.deepEqual((await r.peekMessages(9, { fromSequenceNumber: cancelled })).map((m) => m.state), Array(3).fill("scheduled"));
  await sender.cancelScheduledMessages(cancelled);
  await fails(sender.cancelScheduledMessages(cancelled), "MessageNotFound");
  const got = await take(r, 2, 6000);
  assert.ok(Date.now() >= at.getTime());
  assert.deepEqual(got.map((m) => m.body).sort(), ["by property", "kept"]);
  assert.notDeepEqual(got[0].sequenceNumber, kept);
  for (const m of got) await r.completeMessage(m);
  await nothing(r);
});

check("schedule to a topic: it reaches the subscription at its hour", async () => {
  const sender = root.createSender("advice-requests");
  await sender.scheduleMessages({ body: "later", messageId: randomUUID(), applicationProperties: { cloudEvents_agency: BUS_AGENCY_ID } }, new Date(Date.now() + 800));
  const r = receiver(root, "advice-requests", BUS_SUBSCRIPTION);
  await nothing(r, 200);
  const got = await takeOne(r);
  assert.equal(got.body, "later");
  await r.completeMessage(got);
});

check("peek looks and takes nothing", async () => {
  await send("assessments-pushed", [1, 2, 3].map((body) => ({ body, messageId: randomUUID() })));
  const r = receiver(root, "assessments-pushed");
  assert.deepEqual((await r.peekMessages(2)).map((m) => m.body), [1, 2]);
  assert.deepEqual((await r.peekMessages(2)).map((m) => m.body), [3]);
  assert.deepEqual(await r.peekMessages(2), []);
  const got = await take(r, 3);
  assert.deepEqual(got.map((m) => m.body), [1, 2, 3]);
  for (const m of got) await r.completeMessage(m);
});

check("duplicate detection drops repeats of a message id", async () => {
  const messageId = randomUUID();
  await send("assessments-pushed", { body: "once", messageId });
  await send("assessments-pushed", { body: "twice", messageId });
  await send("assessments-pushed", [{ body: "thrice", messageId }]);
  const r = receiver(root, "assessments-pushed");
  const got = await takeOne(r);
  assert.equal(got.body, "once");
  await r.completeMessage(got);
  await nothing(r);
});

check("time to live: an unread message becomes a dead letter", async () => {
  await send("school-closures", { body: "old", messageId: randomUUID(), timeToLive: 500 });
  const dead = receiver(root, "school-closures", { subQueueType: "deadLetter" });
  const got = await takeOne(dead);
  assert.equal(got.deadLetterReason, "TTLExpiredException");
  await dead.completeMessage(got);
  await nothing(receiver(root, "school-closures"));
});

check("receive and delete", async () => {
  await send("assessments-pushed", [1, 2].map((body) => ({ body, messageId: randomUUID() })));
  const r = receiver(root, "assessments-pushed", { receiveMode: "receiveAndDelete" });
  assert.deepEqual((await take(r, 2)).map((m) => m.body), [1, 2]);
  assert.deepEqual(await r.peekMessages(5), []);
});

check("subscribe streams messages as they come", async () => {
  const r = receiver(root, "assessments-pushed");
  const got = [];
  const all = new Promise((resolve, reject) => {
    const subscription = r.subscribe({
      processMessage: async (m) => { got.push(m.body); if (got.length === 30) resolve(subscription); },
      processError: async (e) => reject(e.error),
    }, { maxConcurrentCalls: 5 });
  });
  for (let i = 0; i < 3; i++) await send("assessments-pushed", Array.from({ length: 10 }, (_, j) => ({ body: i * 10 + j, messageId: randomUUID() })));
  await (await all).close();
  assert.deepEqual(got.sort((a, b) => a - b), Array.from({ length: 30 }, (_, i) => i));
  await nothing(receiver(root, "assessments-pushed"));
});

check("a subscription gets what its filter matches and nothing else", async () => {
  await send("advice-requests", [
    { body: "mine", messageId: randomUUID(), applicationProperties: { cloudEvents_agency: BUS_AGENCY_ID } },
    { body: "another's", messageId: randomUUID(), applicationProperties: { cloudEvents_agency: "urn:999999" } },
    { body: "nobody's", messageId: randomUUID() },
  ]);
  const r = receiver(root, "advice-requests", BUS_SUBSCRIPTION);
  const got = await takeOne(r);
  assert.equal(got.body, "mine");
  await r.deadLetterMessage(got, { deadLetterReason: "x", deadLetterErrorDescription: "y" });
  await nothing(r);
  const dead = receiver(root, "advice-requests", BUS_SUBSCRIPTION, { subQueueType: "deadLetter" });
  const letter = await takeOne(dead);
  assert.equal(letter.deadLetterReason, "x");
  assert.equal(letter.deadLetterSource.toLowerCase(), `advice-requests/subscriptions/${BUS_SUBSCRIPTION}`);
  await dead.completeMessage(letter);
});

check("two hundred messages at once, by ten senders and five receivers", async () => {
  await Promise.all(Array.from({ length: 10 }, async (_, i) => {
    const sender = root.createSender("assessments-pushed");
    await Promise.all(Array.from({ length: 20 }, (_, j) => sender.sendMessages({ body: i * 20 + j, messageId: randomUUID() })));
    await sender.close();
  }));
  const seen = [];
  await Promise.all(Array.from({ length: 5 }, async () => {
    const r = receiver(root, "assessments-pushed");
    while (seen.length < 200) {
      const got = await r.receiveMessages(20, { maxWaitTimeInMs: 500 });
      await Promise.all(got.map((m) => r.completeMessage(m)));
      seen.push(...got.map((m) => m.body));
    }
  }));
  assert.deepEqual(seen.sort((a, b) => a - b), Array.from({ length: 200 }, (_, i) => i));
});

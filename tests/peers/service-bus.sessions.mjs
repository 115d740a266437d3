// Sessions: who holds one, for how long, and what becomes of its messages.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { ServiceBusClient, delay } from "@azure/service-bus";
import { check, receiver, take, takeOne, nothing, send, fails, root, lockMs, BUS_ROOT } from "./service-bus.kit.mjs";

check("sessions: by id, in order, and only one receiver at a time", async () => {
  const s = randomUUID();
  await send("advice-responses", ["a", "b", "c"].map((body) => ({ body, sessionId: s, messageId: randomUUID() })));
  const mine = await root.acceptSession("advice-responses", s);
  assert.equal(mine.sessionId, s);
  assert.ok(mine.sessionLockedUntilUtc.getTime() > Date.now());
  await fails(root.acceptSession("advice-responses", s), "SessionCannotBeLocked");
  const got = await take(mine, 3);
  assert.deepEqual(got.map((m) => m.body), ["a", "b", "c"]);
  assert.deepEqual(got.map((m) => m.sessionId), [s, s, s]);
  for (const m of got) await mine.completeMessage(m);
  await nothing(mine);
  await mine.close();
});

check("sessions: the next available, each once, and a timeout when there is none", async () => {
  const ids = [randomUUID(), randomUUID()];
  for (const sessionId of ids) await send("advice-responses", { body: sessionId, sessionId, messageId: randomUUID() });
  const first = await root.acceptNextSession("advice-responses");
  const second = await root.acceptNextSession("advice-responses");
  assert.deepEqual([first.sessionId, second.sessionId].sort(), [...ids].sort());
  for (const s of [first, second]) {
    const got = await takeOne(s);
    assert.equal(got.body, s.sessionId);
    await s.completeMessage(got);
  }
  const impatient = new ServiceBusClient(BUS_ROOT, { retryOptions: { maxRetries: 0, timeoutInMs: 1500 } });
  await fails(impatient.acceptNextSession("advice-responses"), "ServiceTimeout");
  await impatient.close();
  await first.close();
  await second.close();
});

check("sessions: a receiver that waits gets the session that comes", async () => {
  const waiting = root.acceptNextSession("advice-responses");
  await delay(200);
  const sessionId = randomUUID();
  await send("advice-responses", { body: 1, sessionId, messageId: randomUUID() });
  const session = await waiting;
  assert.equal(session.sessionId, sessionId);
  const got = await takeOne(session);
  await session.completeMessage(got);
  await session.close();
});

check("sessions: state, kept for the next holder", async () => {
  const s = randomUUID();
  await send("advice-responses", { body: 1, sessionId: s, messageId: randomUUID() });
  const first = await root.acceptSession("advice-responses", s);
  assert.equal(await first.getSessionState(), null);
  await first.setSessionState({ step: 2 });
  await first.close();
  const second = await root.acceptSession("advice-responses", s);
  assert.deepEqual(await second.getSessionState(), { step: 2 });
  await second.setSessionState(null);
  const got = await takeOne(second);
  assert.equal(got.deliveryCount, 0);
  await second.completeMessage(got);
  await second.close();
});

check("sessions: renewal keeps one, running out loses it, closing frees its messages", async () => {
  const s = randomUUID();
  await send("short-sessions", [1, 2].map((body) => ({ body, sessionId: s, messageId: randomUUID() })));
  const kept = await root.acceptSession("short-sessions", s, { maxAutoLockRenewalDurationInMs: 0 });
  const got = await takeOne(kept);
  for (let i = 0; i < 4; i++) {
    await delay(lockMs / 2);
    assert.ok((await kept.renewSessionLock()).getTime() > Date.now());
  }
  await kept.completeMessage(got);
  const unsettled = await takeOne(kept);
  await delay(lockMs + 500);
  await fails(kept.completeMessage(unsettled), "SessionLockLost");
  await kept.close();
  const next = await root.acceptSession("short-sessions", s, { maxAutoLockRenewalDurationInMs: 0 });
  const again = await takeOne(next);
  assert.equal(again.body, 2);
  assert.equal(again.deliveryCount, 1);
  await next.close();
  const last = await root.acceptNextSession("short-sessions", { maxAutoLockRenewalDurationInMs: 0 });
  const third = await takeOne(last);
  assert.equal(third.deliveryCount, 1); // Closing is no failed delivery.
  await last.completeMessage(third);
  await last.close();
});

check("sessions: defer and dead-letter, peek, dead letters read without a session", async () => {
  const s = randomUUID();
  await send("advice-responses", ["x", "y"].map((body) => ({ body, sessionId: s, messageId: randomUUID() })));
  const session = await root.acceptSession("advice-responses", s);
  assert.deepEqual((await session.peekMessages(5)).map((m) => m.body), ["x", "y"]);
  const [x, y] = await take(session, 2);
  await session.deferMessage(x);
  await session.deadLetterMessage(y, { deadLetterReason: "no", deadLetterErrorDescription: "never" });
  const [x2] = await session.receiveDeferredMessages(x.sequenceNumber);
  await session.completeMessage(x2);
  await session.close();
  const dead = receiver(root, "advice-responses", { subQueueType: "deadLetter" });
  const letter = await takeOne(dead);
  assert.deepEqual([letter.body, letter.sessionId, letter.deadLetterReason], ["y", s, "no"]);
  await dead.completeMessage(letter);
});

check("sessions: a message without one is refused, and so is a receiver that asks for none", async () => {
  await assert.rejects(send("advice-responses", { body: 1, messageId: randomUUID() }), /session id/);
  await assert.rejects(receiver(root, "advice-responses").receiveMessages(1, { maxWaitTimeInMs: 500 }), /sessions/);
});

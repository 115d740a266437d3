// What the checks against the bus share: the connection, receivers that are closed after each check, and the list of checks.
import assert from "node:assert/strict";
import { ServiceBusClient } from "@azure/service-bus";

export const { BUS_ROOT, BUS_AGENCY, BUS_SUBSCRIPTION, BUS_AGENCY_ID } = process.env;
export const lockMs = Number(process.env.BUS_LOCK_MS);
export const options = { retryOptions: { maxRetries: 0, timeoutInMs: 20_000 } };
export const checks = [];
export const check = (name, run) => checks.push({ name, run });

export const root = new ServiceBusClient(BUS_ROOT, options);
export const receivers = new Set();
export const receiver = (client, ...rest) => {
  const made = client.createReceiver(...rest);
  receivers.add(made);
  return made;
};
export const take = async (from, count = 1, wait = 5000) => {
  const messages = [];
  const until = Date.now() + wait;
  while (messages.length < count && Date.now() < until) {
    messages.push(...(await from.receiveMessages(count - messages.length, { maxWaitTimeInMs: until - Date.now() })));
  }
  assert.equal(messages.length, count, `expected ${count} messages, got ${messages.length}`);
  return messages;
};
export const takeOne = async (from, wait) => (await take(from, 1, wait))[0];
export const nothing = async (from, wait = 300) => assert.equal((await from.receiveMessages(1, { maxWaitTimeInMs: wait })).length, 0);
export const send = async (to, messages) => {
  const sender = root.createSender(to);
  await sender.sendMessages(messages);
  await sender.close();
};
export const fails = (promise, code) => assert.rejects(promise, (error) => {
  assert.equal(error.code, code, `${error.code}: ${error.message}`);
  return true;
});

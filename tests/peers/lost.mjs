// Somebody writes at a page without an account while the hub is killed under them, in headless Chromium without script. What the test that
// started this does is asked for line by line: "code ADDRESS" for the code that was sent there, "kill" and "start" for the hub. Each form is
// typed into, its hub killed, the form sent to nobody, the hub started and the page loaded again, as a person presses the button of the
// browser's own page of errors.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const { CHROMIUM, HUB, LINK, SCHOOL, FAMILY } = process.env;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
let checks = 0;

async function ask(line) {
  console.log(line);
  return (await answers.next()).value;
}

function must(holds, what) {
  checks++;
  if (!holds) throw new Error(what);
}

async function enter(page, mail) {
  await page.click("main form:nth-of-type(1) button");
  await page.fill("#code", await ask(`code ${mail}`));
  await page.click("main form:nth-of-type(2) button");
}

/// Sends a form to a hub that is dead; then the hub is started, and the page loaded again.
async function sendToNobody(page, button) {
  await ask("kill");
  await page.click(button).catch(() => null);
  await page.waitForURL(/^chrome-error:/);
  await ask("start");
  await Promise.all([page.waitForNavigation(), page.reload()]);
}

async function shows(page, address, field, words, when) {
  await page.goto(HUB + address);
  must((await page.inputValue(field)) === words, `${when}: ${address} shows "${await page.inputValue(field)}"`);
}

try {
  // A school writes its advice.
  const school = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await school.goto(HUB + LINK);
  await enter(school, SCHOOL);
  await school.goto(`${HUB}${LINK}/advice`);
  await school.fill("#content-needs-0-text", "Reading is slow.");
  await sendToNobody(school, "text=Save for later");
  await shows(school, `${LINK}/advice`, "#content-needs-0-text", "Reading is slow.", "sent while the hub was dead");

  // A page that was opened before the kill still saves after it.
  await school.goto(`${HUB}${LINK}/advice/outcomes`);
  await school.fill("#content-outcomes-0-text", "Reads a page aloud.");
  await ask("kill");
  await ask("start");
  await school.click("text=Save and go back to the request");
  await shows(school, `${LINK}/advice`, "#content-outcomes-0-text", "Reads a page aloud.", "opened before the kill");
  must((await school.inputValue("#content-needs-0-text")) === "Reading is slow.", "the other part is as it was");

  // The same for each thing that can be said beside the advice.
  for (const [act, field, words] of [
    ["question", "#acts-question-text", "Which test is meant?"],
    ["decline", "#acts-decline-reason", ""],
  ]) {
    await school.goto(`${HUB}${LINK}/say/${act}`);
    await school.fill(field, words);
    await sendToNobody(school, "main form button");
    must((await school.locator(words ? "main .done" : ".errors").count()) === 1, `${act}: it is answered once the hub is back`);
  }

  // A family asks for an assessment.
  const family = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await family.goto(`${HUB}/ask/330`);
  await family.fill("#mail", FAMILY);
  await enter(family, FAMILY);
  await family.fill("#ask-worries", "Loud rooms are too much.");
  await sendToNobody(family, "button[value=check]");
  await shows(family, "/ask/330/request", "#ask-worries", "Loud rooms are too much.", "sent while the hub was dead");

  console.log(`${checks} checks passed`);
  await browser.close();
  process.exit(0);
} catch (fault) {
  console.log(String(fault.stack ?? fault));
  await browser.close();
  process.exit(1);
}

// Drives the monitor in headless Chromium: every filter, every action, both roles, keyboard only, 400 % zoom, axe-core.
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import * as keyboard from "./keyboard.mjs";

const { CHROMIUM, HUB, LATE, FAILING, YOUNG, FAMILY, PUSHED, SCREENSHOTS } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const problems = [];
let checks = 0;

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });

function check(holds, what) {
  checks++;
  if (!holds) problems.push(what);
}

// bypassCSP lets axe in; that the policy itself is there is checked on the answer.
async function open(viewport = { width: 1280, height: 1024 }) {
  const context = await browser.newContext({ viewport, bypassCSP: true, acceptDownloads: true });
  return context.newPage();
}

async function look(page, name) {
  const found = await page.evaluate(`(() => { const module = undefined; ${axe}; return window.axe.run(document, { resultTypes: ["violations"] }); })()`);
  for (const v of found.violations) problems.push(`${name}: axe ${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`);
  checks++;
  check((await page.locator("main").count()) === 1 && (await page.locator("h1").count()) === 1, `${name}: one main and one h1`);
  if (SCREENSHOTS) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: `${SCREENSHOTS}/${name.replaceAll(/[^a-z0-9]+/gi, "-")}.png`, fullPage: true });
  }
}

async function text(page) {
  return page.locator("main").innerText();
}

// Keyboard only: focus is moved with Tab alone until the wanted element has it.
async function tabTo(page, selector, most = 120) {
  if (await keyboard.tabTo(page, selector, most)) return true;
  problems.push(`keyboard: ${selector} cannot be reached on ${page.url()}`);
  return false;
}

async function signIn(page, role) {
  await page.goto(`${HUB}/monitor`);
  await look(page, `sign-in ${role}`);
  if (role === "operator") {
    await tabTo(page, "#viewer");
    await page.keyboard.press("ArrowDown");
  }
  await tabTo(page, "main button[type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${HUB}/monitor`);
  check((await page.locator(".development").innerText()).includes("Development sign-in"), `${role}: the page says that it is a development sign-in`);
}

// The viewer: every page, every filter.
const viewer = await open();
const answer = await viewer.goto(`${HUB}/monitor`);
check((answer.headers()["content-security-policy"] ?? "").includes("default-src 'none'"), "nothing may run or be fetched but the hub's own: content security policy");
await signIn(viewer, "viewer");
await look(viewer, "overview");
check((await text(viewer)).includes("ods:RX1"), "overview: punctuality by agency");
check((await viewer.locator("dt:has-text('Failed') + dd").innerText()) === "1", "overview: one case has failed");

await viewer.keyboard.press("Tab");
check(await viewer.evaluate(() => document.activeElement.textContent === "Skip to main content"), "keyboard: the skip link comes first");

// Every filter: exactly the cases that it should show, the same ones in the CSV, and the form as it was filled in.
const planted = JSON.parse(process.env.PLANTED);
const names = Object.fromEntries(Object.entries(planted).map(([name, id]) => [id, name]));
const filters = [
  [{}, "closing failing late missed overdue young"],
  [{ "#standing": "waiting" }, "closing young"],
  [{ "#standing": "overdue" }, "missed overdue"],
  [{ "#standing": "stalled" }, "late"],
  [{ "#standing": "failed" }, "failing"],
  [{ "#standing": "ended" }, "withdrawn"],
  [{ "#outlook": "ontrack" }, "overdue young"],
  [{ "#outlook": "atrisk" }, "closing failing late"],
  [{ "#outlook": "willmiss" }, "missed"],
  [{ "#stage": "considering" }, "closing missed young"],
  [{ "#stage": "assessing" }, "failing late overdue"],
  [{ "#council": "330" }, "closing failing late missed overdue young"],
  [{ "#council": "331" }, ""],
  [{ "#agency": "ods:RX1" }, "failing late overdue"],
  [{ "#week": "1" }, "young"],
  // The pushed assessment that waits for a person is told of on each open case; MonitorPagesTests asks before it comes.
  [{ "#attention": true }, "closing failing late missed overdue young"],
  [{ "#ended": true }, "closing failing late missed overdue withdrawn young"],
  [{ "#standing": "overdue", "#stage": "considering" }, "missed"],
];
for (const [fields, expected] of filters) {
  const filter = JSON.stringify(fields);
  await viewer.goto(`${HUB}/monitor/cases`);
  for (const [field, value] of Object.entries(fields)) {
    if (value === true) await viewer.check(field);
    else if ((await viewer.locator(field).evaluate((e) => e.tagName)) === "SELECT") await viewer.selectOption(field, value);
    else await viewer.fill(field, value);
  }
  await viewer.click("form.filter button");
  // A click does not wait for the page that it leads to: on a busy machine the list would be read before it is there.
  await viewer.waitForURL((url) => url.search !== "");
  const shown = (await viewer.locator("tbody th a").allInnerTexts()).map((id) => names[id]).sort().join(" ");
  check(shown === expected, `filter ${filter} shows "${shown}", not "${expected}"`);
  const csv = await (await viewer.request.get(new URL(await viewer.locator("text=Download as CSV").getAttribute("href"), HUB).href)).text();
  const listed = csv.trim().split("\r\n").slice(1).map((line) => names[line.split(",")[0].replaceAll('"', "")]).sort().join(" ");
  check(listed === expected, `the CSV of filter ${filter} holds "${listed}", not "${expected}"`);
  for (const [field, value] of Object.entries(fields)) {
    const kept = value === true ? await viewer.locator(field).isChecked() : await viewer.locator(field).inputValue();
    check(kept === value, `filter ${filter} is kept in the form`);
  }
}
await look(viewer, "cases");
await viewer.goto(`${HUB}/monitor/cases?week=soon`);
check((await viewer.title()).startsWith("Error: "), "a filter that cannot be read: the title says so");
await look(viewer, "cases with an error");
await viewer.goto(`${HUB}/monitor/cases`);
const [download] = await Promise.all([viewer.waitForEvent("download"), viewer.click("text=Download as CSV")]);
check(readFileSync(await download.path(), "utf8").includes(LATE), "the CSV holds the cases");

await viewer.goto(`${HUB}/monitor/cases/${LATE}`);
await look(viewer, "case");
check((await text(viewer)).includes("29 days late: the last day was 22 July 2026."), "the case tells how late its advice is");
check(/No channel to .+ is set up, so the hub notified nobody there\./.test(await text(viewer)), "the case tells who could not be told, and why");
check((await viewer.locator("a[href*='/actions/']").count()) === 0, "a viewer is offered no action");
check((await viewer.locator("svg[role=img]").getAttribute("aria-label")).includes("20 weeks end on 19 October 2026"), "the bar speaks");
await viewer.goto(`${HUB}/monitor/cases/${LATE}/actions/remind-now?about=medical-1`);
check((await text(viewer)).includes("You cannot use this page"), "a viewer may not act");
await look(viewer, "not allowed");
await viewer.goto(`${HUB}/monitor/notices`);
await look(viewer, "notices");
await viewer.goto(`${HUB}/monitor/dead-letters`);
await look(viewer, "dead letters");
check((await text(viewer)).includes("school-closures #"), "a dead letter is shown");
check((await viewer.locator("a[href*='dead-letters/return']").count()) === 0, "a viewer is not offered to return it");
await viewer.goto(`${HUB}/monitor/dead-letters/return?path=school-closures&number=1`);
check((await text(viewer)).includes("You cannot use this page"), "a viewer may not return a dead letter");
await viewer.goto(`${HUB}/monitor/pushed-assessments/${PUSHED}`);
await look(viewer, "pushed assessment as a viewer");
check((await viewer.locator("a[href*='/attach'], a[href$='/dismiss']").count()) === 0, "a viewer is not offered to attach or dismiss");
await viewer.goto(`${HUB}/monitor/pushed-assessments/${PUSHED}/dismiss`);
check((await text(viewer)).includes("You cannot use this page"), "a viewer may not dismiss a pushed assessment");
await viewer.goto(`${HUB}/monitor/cases/330-000000000000`);
await look(viewer, "not found");
await viewer.goto(`${HUB}/monitor`);
await viewer.click("text=Sign out");
check((await text(viewer)).includes("Choose your role"), "signing out ends the session");

// The operator: every action, with the keyboard alone.
const operator = await open();
await signIn(operator, "operator");
async function act(caseId, selector, title, done, fill) {
  await operator.goto(`${HUB}/monitor/cases/${caseId}`);
  if (!(await tabTo(operator, selector, 200))) return;
  await operator.keyboard.press("Enter");
  await operator.waitForURL("**/actions/**");
  check((await operator.locator("h1").innerText()) === title, `${title}: asks first`);
  await look(operator, `action ${title}`);
  await tabTo(operator, "main button[type=submit]");
  await operator.keyboard.press("Enter");
  await operator.waitForSelector(".errors");
  check((await operator.title()).startsWith("Error: "), `${title}: without a reason the title says error`);
  await look(operator, `action ${title} with an error`);
  if (fill) {
    for (const [field, value] of fill) {
      await tabTo(operator, field);
      await operator.keyboard.type(value);
    }
  }
  await tabTo(operator, "#reason");
  await operator.keyboard.type("Agreed by telephone.");
  await tabTo(operator, "main button[type=submit]");
  await operator.keyboard.press("Enter");
  await operator.waitForURL(`**/cases/${caseId}?done=*`);
  check((await text(operator)).includes(done), `${title}: ${done}`);
}
await act(LATE, "a[href*='remind-now?about=medical-1']", "Remind now", "A reminder was sent.");
await act(LATE, "a[href*='send-request-again?about=medical-1']", "Send the request again", "The request was sent again.");
await act(LATE, "a[href*='pause-chasing']", "Pause chasing", "Chasing is paused.", [["#day", "27"], ["#month", "8"], ["#year", "2026"]]);
await act(LATE, "a[href*='resume-chasing']", "Resume chasing", "Chasing was resumed.");
await act(FAILING, "a[href*='retry-effect']", "Try again", "The hub is trying again.");
await act(FAILING, "a[href*='abandon-effect']", "Give up", "The hub will not try this again.");
await operator.goto(`${HUB}/monitor/cases/${LATE}`);
await tabTo(operator, "summary", 200);
await operator.keyboard.press("Enter");
check((await text(operator)).includes("Chase step taken"), "the events are listed as they are recorded");
await look(operator, "case as an operator");

// A dead letter: reason, confirmation, record.
await operator.goto(`${HUB}/monitor/dead-letters`);
await tabTo(operator, "a[href*='dead-letters/return']", 200);
await operator.keyboard.press("Enter");
await operator.waitForURL("**/dead-letters/return*");
await look(operator, "return a dead letter");
await tabTo(operator, "main button[type=submit]");
await operator.keyboard.press("Enter");
await operator.waitForSelector(".errors");
await look(operator, "return a dead letter with an error");
await tabTo(operator, "#reason");
await operator.keyboard.type("The school was told the right form.");
await tabTo(operator, "main button[type=submit]");
await operator.keyboard.press("Enter");
await operator.waitForURL("**/dead-letters?done=returned");
check((await text(operator)).includes("returned. Reason: The school was told the right form."), "the return is on record with its reason");
await look(operator, "dead letters after a return");

// A pushed assessment that may belong to several cases: from the case to it, attached to one, with the keyboard alone.
await operator.goto(`${HUB}/monitor/cases/${YOUNG}`);
await tabTo(operator, "a[href*='/monitor/pushed-assessments/']:not([href$='assessments'])", 200);
await operator.keyboard.press("Enter");
await operator.waitForURL(`**/pushed-assessments/${PUSHED}`);
await look(operator, "pushed assessment");
const pushedSays = await text(operator);
for (const said of [LATE, FAILING, YOUNG, "The same", "urn:100002"]) check(pushedSays.includes(said), `pushed assessment: ${said}`);
await operator.goto(`${HUB}/monitor/pushed-assessments/${PUSHED}/dismiss`);
await look(operator, "dismiss a pushed assessment");
await operator.goto(`${HUB}/monitor/pushed-assessments`);
await look(operator, "pushed assessments");
await tabTo(operator, `a[href$='${PUSHED}']`, 200);
await operator.keyboard.press("Enter");
await operator.waitForURL(`**/pushed-assessments/${PUSHED}`);
await tabTo(operator, `a[href$='attach?assessment=${YOUNG}']`, 200);
await operator.keyboard.press("Enter");
await operator.waitForURL("**/attach?assessment=*");
check((await operator.locator("h1").innerText()) === `Attach the assessment to case ${YOUNG}`, "attaching asks first");
await look(operator, "attach a pushed assessment");
await tabTo(operator, "main button[type=submit]");
await operator.keyboard.press("Enter");
await operator.waitForSelector(".errors");
check((await operator.title()).startsWith("Error: "), "attaching without a reason: the title says error");
await look(operator, "attach a pushed assessment with an error");
await tabTo(operator, "#reason");
await operator.keyboard.type("The school confirmed it by telephone.");
await tabTo(operator, "main button[type=submit]");
await operator.keyboard.press("Enter");
await operator.waitForURL("**/pushed-assessments?done=attached");
check((await text(operator)).includes("No assessments are waiting."), "what was attached waits no longer");
await look(operator, "pushed assessments after attaching");
await operator.goto(`${HUB}/monitor/cases/${YOUNG}`);
check((await text(operator)).includes("it was attached as existing advice"), "the case says that it was attached");

// Refreshing: the page is fetched again while nobody works in it; it works without a script too.
const refreshing = await open();
await refreshing.clock.install();
await signIn(refreshing, "viewer");
await refreshing.goto(`${HUB}/monitor/cases?week=1`);
const again = refreshing.waitForRequest((r) => r.url().endsWith("/monitor/cases?week=1") && r.resourceType() === "fetch");
await refreshing.clock.runFor(31000);
await again;
check(true, "the list is fetched again by itself");
const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
await plain.goto(`${HUB}/monitor/sign-in`);
await plain.click("main button[type=submit]");
check((await plain.locator("h1").innerText()) === "Overview", "without a script the overview is there");

// The family: before and after its link is revoked.
const family = await open();
await family.goto(FAMILY);
await look(family, "family");
check((await text(family)).includes("What happens next"), "the family reads what happens next");
await act(LATE, "a[href*='revoke-family-link']", "Revoke the family's link", "The link was revoked.");
await family.goto(FAMILY);
check((await text(family)).includes("no longer works"), "a revoked link no longer opens");
await look(family, "family with a revoked link");

// 400 % zoom of a window 1280 wide is a viewport of 320: nothing may need scrolling in two directions, but tables in their own box.
const small = await open({ width: 320, height: 640 });
await signIn(small, "operator");
for (const path of ["/monitor", "/monitor/cases", `/monitor/cases/${LATE}`, `/monitor/cases/${LATE}/actions/pause-chasing?about=`, "/monitor/dead-letters", "/monitor/pushed-assessments", "/monitor/notices", FAMILY]) {
  await small.goto(path.startsWith("http") ? path : HUB + path);
  const width = await small.evaluate(() => document.scrollingElement.scrollWidth);
  check(width <= 320, `400 %: ${path} is ${width} wide`);
  await look(small, `400 ${path === FAMILY ? "family" : path.replace(LATE, "case")}`);
}

await browser.close();
if (problems.length > 0) {
  console.log(problems.join("\n"));
  process.exit(1);
}
console.log(`${checks} checks passed`);

// Drives the officers' workspace in headless Chromium with the keyboard alone, on pages that hold no script (axe-core is put in from outside): a child from a request on paper to the
// sent final plan, with one exception, one returned advice, one refused step and one draft issued again; axe-core on every page and state.
import { readFileSync, mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import * as keyboard from "./keyboard.mjs";

const { CHROMIUM, HUB, SCREENSHOTS } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const problems = [];
const looked = new Set();
const seen = new Set();
let checks = 0;

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });

function check(holds, what) {
  checks++;
  if (!holds) problems.push(what);
}

// The hub's clock is the test's: it goes on by days, and what falls due is done.
async function days(page, count) {
  console.log(`advance ${count}`);
  await answers.next();

  // The sign-in lasts for a working day.
  await page.goto(`${HUB}/workspace`);
  check(page.url().includes("/sign-in"), "a sign-in has run out after days");
  await follow(page, "main button[type=submit]");
}

async function look(page, name) {
  const width = page.viewportSize().width;
  const key = `${name} ${width}`;
  if (looked.has(key)) return;
  looked.add(key);
  check((await page.evaluate(() => document.scripts.length)) === 0, `${key}: a page has no script, so none is needed`);
  if (await isNew(page, width)) await runAxe(page, key);
  checks++;
  check((await page.locator("main").count()) === 1 && (await page.locator("h1").count()) === 1, `${key}: one main and one h1`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(over <= 0, `${key}: the page is ${over} px wider than the window`);
  if (SCREENSHOTS) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: `${SCREENSHOTS}/${key.replaceAll(/[^a-z0-9]+/gi, "-")}.png`, fullPage: true });
  }
}

async function runAxe(page, key) {
  const found = await page.evaluate(`(() => { const module = undefined; ${axe}; return window.axe.run(document, { resultTypes: ["violations"] }); })()`);
  for (const v of found.violations) problems.push(`${key}: axe ${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`);
}

// Drawn forms are made of a few kinds of parts. One whose every part, with what it is made of and stands in, axe has seen at this width need not
// be looked at again; what may be wrong in one of them alone (an id twice, a field without a label) is asked of each.
async function isNew(page, width) {
  const { parts, twice, unnamed } = await page.evaluate(() => {
    const all = [...document.querySelectorAll("body *")];
    const part = (e) => `${e.tagName}.${e.getAttribute("type") ?? ""}.${e.className}.${[...e.attributes].map((a) => a.name).sort()}`;
    const ids = all.map((e) => e.id).filter(Boolean);
    return {
      parts: [...new Set(all.map((e) => `${part(e.parentElement)} > ${part(e)}`))],
      twice: ids.filter((id, n) => ids.indexOf(id) !== n),
      unnamed: all.filter((e) => /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName) && e.type !== "hidden" && e.labels.length === 0).map((e) => e.outerHTML),
    };
  });
  check(twice.length === 0 && unnamed.length === 0, `${page.url()}: ids twice ${twice}, fields without a label ${unnamed}`);
  const fresh = parts.filter((one) => !seen.has(`${width} ${one}`));
  for (const one of fresh) seen.add(`${width} ${one}`);
  return fresh.length > 0 || process.env.WIDTHS !== undefined;
}

async function tabTo(page, selector, most = 300) {
  if (await keyboard.tabTo(page, selector, most)) return true;
  problems.push(`keyboard: ${selector} cannot be reached on ${page.url()}`);
  return false;
}

async function follow(page, selector) {
  await tabTo(page, selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

// One pass through the form with Tab: what is to be typed is typed where it stands, and the form is sent at its end.
async function fill(page, fields, send = true) {
  const left = new Map(Object.entries(fields));
  for (let n = 0; n < 400; n++) {
    const at = await keyboard.tabToNext(page, ["send", ...left.keys()]);
    if (at.id === "send") break;
    if (!at.name || !left.has(at.name)) continue;
    const value = left.get(at.name);
    if (at.type === "radio") {
      const all = await page.evaluate((name) => [...document.getElementsByName(name)].map((e) => e.value), at.name);
      await page.keyboard.press("Space");
      for (let k = 0; k < all.indexOf(value) - all.indexOf(at.value); k++) await page.keyboard.press("ArrowDown");
    } else if (at.tag === "SELECT") {
      const wanted = at.values.findIndex((v) => v === value || (value instanceof RegExp && value.test(v)));
      check(wanted > 0, `${at.name}: ${value} is not offered: ${at.values}`);
      await page.keyboard.press("Home");
      for (let k = 0; k < wanted; k++) await page.keyboard.press("ArrowDown");
    } else {
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText(value);
    }
    left.delete(at.name);
  }
  check(left.size === 0, `fields that the keyboard does not reach on ${page.url()}: ${[...left.keys()]}`);
  if (!send) return;
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if ((await page.locator("#check").count()) === 1) {
    await look(page, `check ${page.url().split("/").at(-1)}`);
    check((await page.locator("#goes-out").count()) === 1, "what will go out is shown before it does");
    await follow(page, "#send");
  }
}

function day(path, text) {
  const [d, m, y] = text.split(" ");
  return { [`${path}/day`]: d, [`${path}/month`]: m, [`${path}/year`]: y };
}

async function text(page) {
  return page.locator("main").innerText();
}

async function done(page, what) {
  const said = await page.locator(".done").count();
  check(said === 1, `${what}: not taken: ${(await page.locator(".errors").allInnerTexts()).join(" ").slice(0, 600)}`);
  if (said !== 1) throw new Error(`${what} was not taken`);
}

async function step(page, name, fields, query = "") {
  await page.goto(`${page.case}/steps/${name}${query}`);
  await look(page, `step ${name}`);
  await fill(page, fields);
  await done(page, name);
}

// The case goes to a panel: its papers are read, who was present is recorded, and the decision is made by its own form, which leads back to the agenda.
async function panel(page, decision, fields) {
  const reference = page.case.split("/").at(-1);
  await page.goto(`${HUB}/workspace`);
  await follow(page, "a[href='/workspace/panel']");
  await look(page, "agenda of the panel");
  await fill(page, {});
  check((await page.locator(".errors li").count()) === 2, "a meeting of nobody about nothing is refused");
  await look(page, "agenda with errors");
  await follow(page, `a[href$='${reference}/papers']`);
  check((await text(page)).includes("The family wants an assessment."), "what the family said is among the papers");
  await look(page, "papers for the panel");
  await page.goto(`${HUB}/workspace/panel`);
  await tabTo(page, `#case-${reference}`);
  await page.keyboard.press("Space");
  await fill(page, { present: "J. Farrow, SEND manager (chair)\nM. Okafor, educational psychologist" });
  check((await text(page)).includes(`Case ${reference}`) && (await text(page)).includes("M. Okafor"), `the minutes have the case: ${page.url()}`);
  await look(page, "minutes of the panel");
  const minutes = page.url().split("?")[0];
  await follow(page, "main a[href='/workspace/panel']");
  await follow(page, `a[href*='${reference}/steps/${decision}']`);
  await fill(page, fields);
  check(page.url().includes("/workspace/panel?done="), `the form leads back to the agenda: ${page.url()}`);
  await done(page, decision);
  await page.goto(`${minutes}/minutes`);
  check((await text(page)).includes(fields.reasons), "the minutes have the reasons as they were recorded");
  await look(page, "minutes as a document");
}

// A school is looked for in the register, from the case, and its link fills in the form.
async function schools(page) {
  await page.goto(`${HUB}/workspace/institutions?for=${page.case.split("/").at(-1)}`);
  await look(page, "schools, nothing asked");
  await tabTo(page, "#miles");
  await page.keyboard.insertText("2.5");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  check((await page.locator(".errors a[href='#near']").count()) === 1, "miles from nowhere are refused at their field");
  await look(page, "schools with an error");
  await tabTo(page, "#near");
  await page.keyboard.insertText("100001");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  check((await page.locator("tbody tr").count()) === 2, `the schools within two and a half miles: ${(await text(page)).slice(0, 400)}`);
  await look(page, "schools found");
  await follow(page, "td a[href*='100002']");
  check((await page.locator("[name='institution.name']").inputValue()) === "Hillside Special School", "the form is filled in from the register");
  await look(page, "step consult-institution from the register");
}

// Who enters Year 12 in 2028 is expected to change phase: an officer confirms it.
async function transfers(page, asked) {
  const reference = page.case.split("/").at(-1);
  await page.goto(`${HUB}/workspace/transfers?year=2028`);
  check((await text(page)).includes("To be confirmed"), `the child is expected to change phase: ${(await text(page)).slice(0, 600)}`);
  await look(page, "phase transfers, to be confirmed");
  await follow(page, `a[href*='${reference}/steps/record-phase-transfer']`);
  await look(page, "step record-phase-transfer");
  await fill(page, { preference: "The college by the station.", ...day("preferenceAskedOn", asked) });
  await done(page, "record-phase-transfer");
  check((await text(page)).includes("Review and amend the plan before the transfer to post-16"), "the limit is on the page of the case");
  await look(page, "case with a phase transfer");
  await page.goto(`${HUB}/workspace/transfers?year=2028&step=PreferenceAsked`);
  check((await text(page)).includes("Due 30 March 2028"), `the last day is in the list: ${(await text(page)).slice(0, 900)}`);
  await look(page, "phase transfers, on record");
}

function advice(author, role, on, area, kind, adulthood) {
  return {
    "content.author": author, "content.authorRole": role, ...day("content.writtenOn", on),
    "content.needs[0].id": "n1", "content.needs[0].area": area, "content.needs[0].text": `A need that ${author} describes.`,
    "content.outcomes[0].id": "o1", "content.outcomes[0].text": `By July 2027 an outcome of ${author} is reached.`, "content.outcomes[0].needs[0]": "n1",
    "content.provision[0].id": "p1", "content.provision[0].kind": kind, "content.provision[0].text": `Teaching in a group of four, as ${author} says.`,
    "content.provision[0].who": "A qualified practitioner", "content.provision[0].howOften": "twice a week", "content.provision[0].howLong": "45 minutes",
    "content.provision[0].outcomes[0]": "o1", ...(adulthood ? { "content.provision[0].preparesForAdulthood": "true" } : {}),
  };
}

async function journey(width, child) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`${HUB}/workspace`);
  await look(page, "sign-in");
  await follow(page, "main button[type=submit]");
  await look(page, "my work, empty");

  // A request on paper.
  await follow(page, "a[href='/workspace/new']");
  await look(page, "new request");
  await fill(page, { "child.familyName": child.familyName });
  check((await page.title()).startsWith("Error: "), "an empty form is refused, and its title says so");
  check((await page.locator("[name='child.familyName']").inputValue()) === child.familyName, "what was typed is still there");
  await look(page, "new request with errors");
  await page.setInputFiles("#letter", { name: "request.txt", mimeType: "text/plain", buffer: Buffer.from("Please assess Alex.") });
  await fill(page, {
    route: "Parent", ...day("receivedOn", child.received), "child.givenName": child.givenName, "child.familyName": child.familyName, ...day("child.dateOfBirth", "3 November 2011"),
    "child.nhsNumber": child.nhsNumber, "family.name": "Maria Doyle", "family.relationship": "mother", "family.email": "family@example.org",
    ...day("family.electronicServiceAgreedOn", child.received), settingKind: "School", "setting.id": "urn:100001", "setting.name": "Millbrook School",
    "icb.id": "ods:QHL", "icb.name": "Northbridge Integrated Care Board", "advisers[0].kind": "Medical", "advisers[0].agency.id": "ods:RX1",
    "advisers[0].agency.name": "Northbridge Community NHS Trust",
  });
  await done(page, "open-assessment");
  page.case = page.url().split("?")[0];
  await look(page, "case opened");
  await step(page, "assign-case-officer", {});

  // One refused step: the family has not been heard.
  await page.goto(`${page.case}/steps/decide-whether-to-assess`);
  await fill(page, { assess: "true", reasons: "Alex may need a plan." });
  check((await page.locator(".errors li").count()) === 1, "the step is refused in words");
  check((await page.locator("#reasons").inputValue()) === "Alex may need a plan.", "a refused form keeps what was typed");
  await look(page, "refused step");
  await days(page, 2);
  await step(page, "record-consultation", { ...day("on", child.consulted), summary: "The family wants an assessment." });
  await page.goto(page.case);
  check((await text(page)).includes("Decide whether to assess"), "the case page says what comes next");
  await panel(page, "decide-whether-to-assess", { assess: "true", reasons: "Alex may need a plan." });
  await days(page, 1);

  // The advice, each from the tab; the first is returned and comes again.
  await page.goto(`${page.case}/advice`);
  await look(page, "advice awaited");
  const kinds = { medical: ["Health", "Health"], educational: ["Education", "Education"], psychological: ["Education", "Education"], socialCare: ["SocialCare", "SocialCareOther"], familyViews: ["Education", "Education"] };
  const links = await page.locator("a[href*='/submit-advice?requestId=']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  check(links.length >= 5, `five kinds of advice at least are asked for: ${links}`);
  for (const link of links) {
    const kind = link.split("requestId=")[1].split("-")[0];
    const [area, provision] = kinds[kind] ?? ["Education", "Education"];
    await page.goto(`${HUB}${link}`);
    await look(page, "step submit-advice");
    await fill(page, advice(`Dr ${kind}`, "Adviser", child.written, area, provision, !(kind in kinds)));
    await done(page, link);
  }
  await page.goto(`${page.case}/advice`);
  await look(page, "advice");
  await follow(page, "a[href$='/advice/medical-1.1']");
  await look(page, "one advice beside the plan");
  await page.goto(`${page.case}/advice`);
  await follow(page, "a[href*='return-advice?adviceId=medical']");
  await look(page, "step return-advice");
  await fill(page, { reason: "Hearing was not tested." });
  await done(page, "return-advice");
  await page.goto(`${page.case}/advice`);
  await follow(page, "a[href*='submit-advice?requestId=medical']");
  await fill(page, advice("Dr medical again", "Community paediatrician", child.written, "Health", "Health", false));
  await done(page, "advice that came again");

  // One exception.
  await step(page, "claim-exception", {
    ground: "AbsentFromArea", ...day("from", child.from), ...day("to", child.to), evidence: "Letter of the family", whyImpractical: "Alex could not be seen.",
  });
  await days(page, 7);
  await step(page, "decide-whether-to-issue-plan", { issue: "true", reasons: "The needs cannot be met from what is normally available." });
  await page.goto(`${page.case}/plan`);
  await look(page, "plan before the draft");
  await step(page, "prepare-draft", {});
  await days(page, 2);

  // A line is changed, the change is seen, and the draft goes out again.
  await page.goto(`${page.case}/plan`);
  await follow(page, ".subtabs a[href$='/plan/F']");
  await look(page, "section of the plan");
  await follow(page, ".lines a[href*='edit-plan?lineId=']");
  await look(page, "a line of provision");
  await page.goto(`${page.case}/plan/B`);
  await follow(page, ".lines a[href*='edit-plan?lineId=']");
  await look(page, "step edit-plan");
  await fill(page, { reason: "In the author's own later words.", cause: "Officer", newText: "Alex says that he wants to learn a trade." });
  await done(page, "edit-plan");
  check(page.url().includes("/plan/B?done=edit-plan#line-"), "after a change the section is shown at its line");
  check((await text(page)).includes("In the advice: "), "both texts are kept");
  await look(page, "section after a change");
  await page.goto(`${page.case}/plan/compare`);
  check((await page.locator("ins").first().innerText()).includes("learn a trade"), "two versions are compared");
  await look(page, "versions compared");
  await page.goto(`${page.case}/plan/preview`);
  check((await text(page)).includes("learn a trade"), "the family will see the change");
  await look(page, "plan as the family will see it");
  await page.goto(`${page.case}/plan`);
  check((await page.locator("ins").first().innerText()).includes("learn a trade"), "the plan page shows what changed");
  await look(page, "plan changed since the draft");
  await step(page, "prepare-draft", {});
  await days(page, 2);
  await step(page, "record-icb-agreement", { agreed: "true", agreedBy: "Head of commissioning", ...day("on", child.asked) });
  await schools(page);
  await step(page, "consult-institution", { "institution.id": "urn:100001", "institution.name": "Millbrook School", ...day("on", child.asked) });
  await days(page, 18);
  await step(page, "record-institution-answer", { institution: "urn:100001", ...day("on", child.answered), canMeetNeeds: "true", reasons: "We can." });
  await step(page, "name-placement", { institutionType: "Mainstream secondary school", "institution.id": "urn:100001", "institution.name": "Millbrook School" });
  await page.goto(page.case);
  await look(page, "ready to finalise");
  await follow(page, "a.action");
  await fill(page, { signedBy: "J. Farrow, SEND officer" });
  await done(page, "finalise-plan");
  await days(page, 2);
  await page.goto(page.case);
  check((await page.locator(".identity").innerText()).includes("Final plan issued"), `the final plan is sent: ${await page.locator(".lead").innerText()}`);
  await look(page, "final plan issued");
  for (const tab of ["people", "plan", "schools", "costs", "letters", "documents", "disputes", "timeline", "steps", "access-log"]) {
    await page.goto(`${page.case}/${tab}`);
    await look(page, tab);
  }

  await page.goto(`${page.case}/documents`);
  check((await text(page)).includes("request.txt"), "the letter of request lies in the case");

  await transfers(page, child.answered);

  // Lists and the search.
  for (const list of ["", "/team", "/unassigned", "/council"]) {
    await page.goto(`${HUB}/workspace${list}`);
    await look(page, `list ${list || "mine"}`);
  }
  await page.goto(`${HUB}/workspace/council?urgency=Overdue&chosen=all`);
  await look(page, "list filtered, all chosen");
  await follow(page, "#bulk button[type=submit]");
  await look(page, "several cases: asked");
  await fill(page, { to: "development-case-officer" });
  await look(page, "several cases: to confirm");
  await follow(page, "#send");
  check((await page.locator(".done").count()) === 1, "several cases: each says what came of it");
  await look(page, "several cases: done");
  await page.goto(`${HUB}/workspace/search`);
  await tabTo(page, "#q");
  await page.keyboard.insertText(child.nhsNumber);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  check(!page.url().includes(child.nhsNumber), "what is searched for is in no address");
  check((await text(page)).includes("1 case matches"), `the search finds the child: ${(await text(page)).slice(0, 200)}`);
  await look(page, "search");
  await page.goto(`${HUB}/workspace/cases/330-000000000000`);
  await look(page, "not found");
  await page.goto(`${HUB}/workspace/not-allowed`);
  await look(page, "not allowed");

  // Signed out with a form open: every word comes back.
  await page.goto(`${page.case}/steps/record-act`);
  await context.clearCookies();
  await fill(page, { what: "The plan was carried out." });
  await look(page, "signed out");
  check((await page.locator("input[name=what]").inputValue()) === "The plan was carried out.", "nothing typed is lost when the sign-in has run out");
  await context.close();
}

// A team manager has the SEN2 return built, twice, looks at what is to be put right, at one kind of it, and at what changed between the two.
async function sen2(width) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`${HUB}/workspace/sen2`);
  await tabTo(page, "#case-officer");
  await page.keyboard.press("ArrowDown");
  await follow(page, "main button[type=submit]");
  await look(page, "SEN2 return before");
  for (let n = 0; n < 2; n++) {
    await follow(page, "#build button[type=submit]");
    await done(page, "the return is built");
  }
  check((await page.locator("main td li").count()) > 0, "what is to be put right is listed by case");
  await look(page, "SEN2 return built");
  await follow(page, "main a[href$='/changes']");
  check((await text(page)).includes("Both returns are the same for every child."), "nothing has changed between the two");
  await look(page, "SEN2 return changes");
  await page.goBack();
  await follow(page, "main a[href*='kind=']");
  await look(page, "SEN2 return one kind");
  await context.close();
}

// Every form: by itself at 320 px, which is 1280 px at 400 % zoom; WIDTHS=1280,390,320 for all.
async function forms(width) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`${HUB}/workspace`);
  await follow(page, "main button[type=submit]");
  const manager = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
  const board = await manager.newPage();
  await board.goto(`${HUB}/workspace/dashboard`);
  await tabTo(board, "#case-officer");
  await board.keyboard.press("ArrowDown");
  await follow(board, "main button[type=submit]");
  check((await text(board)).includes("Caseload and age"), "a team manager sees the dashboard");
  await look(board, "dashboard");
  await manager.close();
  const shown = `${HUB}/workspace/cases/${process.env.LATE}`;
  await page.goto(`${shown}/steps`);
  const steps = await page.locator("main li a").evaluateAll((all) => all.map((a) => a.getAttribute("href").split("/").at(-1)));
  check(steps.length > 50, "all steps are listed");
  for (const name of steps) {
    await page.goto(`${shown}/steps/${name}`);
    await look(page, `form ${name}`);
  }
  await page.goto(`${HUB}/workspace/panel`);
  await look(page, "agenda of the panel");
  for (const tab of ["", "/people", "/advice", "/review", "/papers", "/plan", "/schools", "/local-offer", "/letters", "/documents", "/disputes", "/timeline", "/access-log"]) {
    await page.goto(`${shown}${tab}`);
    await look(page, `late case ${tab || "now"}`);
  }
  await context.close();
}

try {
  for (const one of JSON.parse(process.env.JOURNEYS)) await journey(one.width, one);
  for (const width of [1280, 390]) await sen2(width);
  for (const width of (process.env.WIDTHS ?? "320").split(",").map(Number)) await forms(width);
} catch (fault) {
  problems.push(`${fault.stack}`);
}
await browser.close();
console.log(problems.length === 0 ? `${checks} checks passed` : problems.join("\n"));
process.exit(problems.length === 0 ? 0 : 1);

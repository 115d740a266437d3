// A parent without an account asks for an assessment, answers the draft plan and prefers a school in headless Chromium: with the keyboard
// alone, on pages that hold no script (axe-core is put in from outside). Each page and state at 1280 and 390 pixels, and at 320 (1280 at 400 %
// zoom). Prints a line for each count, so that the test can hold the documentation to it. A line "code ADDRESS" asks the test for the code
// that was sent there; a line "draft REFERENCE" asks it to bring the case on until its draft plan is with the family, "changes REFERENCE" until
// changes to the plan are proposed and the family is asked which school it prefers.
import { Looking } from "./looking.mjs";

const { HUB } = process.env;
const MAIL = "asks@family.example";
const looking = await Looking.start();
const { page, look, press, type, choose, ask, check, tabTo } = looking;

async function enter(address, name, shows) {
  await page.goto(HUB + address);
  if (shows) await look(name);
  await press("main form:nth-of-type(1) button");
  const code = await ask(`code ${MAIL}`);
  if (shows) await look(`${name}-sent`);
  await type("#code", code);
  await press("main form:nth-of-type(2) button");
}

await looking.run(async () => {
  // Asking, counted: from the council's page to the receipt.
  await page.goto(`${HUB}/ask`);
  await look("councils");
  await page.goto(`${HUB}/ask/330`);
  looking.count();
  await look("ask-start");
  await press("main form:nth-of-type(1) button");
  await look("ask-start-refused");
  await type("#mail", MAIL);
  await press("main form:nth-of-type(1) button");
  const code = await ask(`code ${MAIL}`);
  await look("ask-start-sent");
  await type("#code", code);
  await press("main form:nth-of-type(2) button");
  looking.count();
  await look("ask-form");
  await press("button[value=check]");
  check((await page.title()).startsWith("Error: "), "an empty request is refused");
  await look("ask-form-refused");
  await type("#ask-givenName", "Zephyrine");
  await type("#ask-familyName", "Quibbleton");
  await type("#ask-born", "3");
  await type("#ask-born-month", "9");
  await type("#ask-born-year", "2017");
  await type("#ask-place", "Nettlebrook Primary, Exampleton");
  await type("#ask-name", "Ottoline Quibbleton");
  await choose("#ask-who");
  await choose("#ask-mail");
  await type("#ask-worries", "Loud rooms are too much, and reading does not come.");
  await press("button[value=check]");
  looking.count();
  await look("ask-check");
  await page.goto(`${HUB}/ask/330/file`);
  await look("ask-file");
  await page.goto(`${HUB}/ask/330/check`);
  await press("main form button");
  check((await page.locator("h1").innerText()) === "Your request was received", "the receipt");
  await look("ask-receipt");
  console.log(`asked ${looking.pages} ${looking.fields}`);
  const reference = await page.locator("main strong").first().innerText();
  const own = await page.locator("main a[href^='/family/']").getAttribute("href");

  // The case, before and with the draft plan.
  await enter(own, "case-code", true);
  await look("case-considered");
  await page.goto(`${HUB}${own}/evidence`);
  await look("evidence");
  await page.goto(`${HUB}${own}/evidence/check`);
  await look("evidence-refused");
  await page.goto(`${HUB}${own}/evidence/file`);
  await page.setInputFiles("#file", { name: "drawing.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 a drawing") });
  await press("form[novalidate] button");
  check((await page.locator(".lines li").count()) === 1, "the file is listed");
  await look("evidence-file");
  await press("a.action");
  await look("evidence-check");
  await press("main form button");
  await page.goto(`${HUB}${own}/say/supporter`);
  await look("supporter");
  await press("main form button");
  await look("supporter-refused");
  await type("#acts-name", "Ash Helper");
  await type("#acts-relationship", "an adviser of a parents' group");
  await press("main form button");
  check((await page.locator("main").innerText()).includes("Ash Helper"), "who helps is listed");
  await look("case-supporter");

  check((await ask(`draft ${reference}`)) === "drafted", "the draft is with the family");
  await enter(own, "case-again", false);
  looking.startCounting();
  await look("case-draft");
  looking.count();
  await press("a.action");
  looking.count();
  await look("draft");
  await choose("#draft-agrees");
  await type("#draft-place", "Foxglove Hill School, Exampleton");
  await tabTo("details summary");
  await page.keyboard.press("Enter");
  await type("details[open] textarea", "It must say which programme.");
  await type("details[open] textarea[name$=words]", "Read Aloud Together, daily.");
  await press("button[value=check]");
  looking.count();
  await look("draft-check");
  await press("main form button");
  check((await page.locator("main").innerText()).includes("Your answer to the draft plan was received"), "the answer is received");
  console.log(`answered ${looking.pages} ${looking.fields}`);
  await look("case-answered");
  await page.goto(`${HUB}${own}/views`);
  await look("views");
  for (const act of ["meeting", "budget"]) {
    await page.goto(`${HUB}${own}/say/${act}`);
    await look(act);
    await press("main form button");
  }
  await page.goto(HUB + own);
  await look("case-asked");
  const letters = await page.locator("main a[href*='/letters/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")).filter((at) => at.includes("/case/letters/")));
  check(letters.length > 1, "letters are listed");
  for (const letter of letters) {
    const answer = await page.goto(HUB + letter);
    check(answer.status() === 200 && (await page.locator("h1").count()) === 1, `the letter ${letter} is read`);
  }

  // Later: changes are proposed, and the family is asked which school it prefers after the transfer.
  check((await ask(`changes ${reference}`)) === "proposed", "changes are proposed to the family");
  await enter(own, "case-later", false);
  await look("case-changes");
  await press("a.action");
  await look("changes");
  await press("button[value=check]");
  check((await page.title()).startsWith("Error: "), "an empty answer is refused");
  await look("changes-refused");
  await choose("#changes-agrees");
  await tabTo("details summary");
  await page.keyboard.press("Enter");
  await type("details[open] textarea", "Daily, please.");
  await press("button[value=check]");
  await look("changes-check");
  await press("main form button");
  check((await page.locator("main").innerText()).includes("Your answer to the proposed changes was received"), "the answer to the changes is received");
  await look("case-changes-answered");
  await page.goto(`${HUB}${own}/preference`);
  await look("preference");
  await press("button[value=check]");
  await look("preference-refused");
  await type("#preference-place", "St Ann's School");
  await press("button[value=check]");
  check((await page.locator("main").innerText()).includes("has 2 schools with this name"), "schools of the same name are listed");
  await look("preference-check");
  await press("main form button");
  await look("case-preferred");
  await page.goto(HUB + own.replace(".", ".A"));
  await look("gone");
});

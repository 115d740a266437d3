// The family, the school and the psychologist of the demonstration, each in a browser of their own (headless Chromium), on pages that hold no
// script. The test that started this says what each does next ("next" asks for it, one line of JSON); "code ADDRESS" asks it for the code that
// was sent there. Each knows nothing but what was sent: a link, a code, what a page says.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const { CHROMIUM, HUB } = process.env;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const people = new Map();

async function ask(line) {
  console.log(line);
  return (await answers.next()).value;
}

function must(holds, what) {
  if (!holds) throw new Error(what);
}

async function pageOf(who) {
  if (!people.has(who)) {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    page.setDefaultTimeout(60_000);
    people.set(who, page);
  }
  return people.get(who);
}

/// Opens a page from its link; where it asks, with the code that goes to the reader's own address.
async function open(page, address, mail) {
  const answer = await page.goto(HUB + address);
  must(answer.status() === 200, `${address}: ${answer.status()}`);
  if ((await page.locator("#code").count()) === 0) return;
  await page.click("main form:nth-of-type(1) button");
  await page.fill("#code", await ask(`code ${mail}`));
  await page.click("main form:nth-of-type(2) button");
  must((await page.locator("#code").count()) === 0, `${address}: the code opens it`);
}

/// Fills in fields by their names; an answer that is chosen is chosen by its value.
async function fill(page, fields) {
  for (const [asked, value] of Object.entries(fields)) {
    // The field of a line of the plan is named after the line: "draft.line0" is the comment on the first line, "draft.line0words" its wording.
    const [, nth, words] = /\.line(\d+)(words)?$/.exec(asked) ?? [];
    const name = nth === undefined ? asked : await page.locator("details textarea[name]").nth(2 * nth + (words ? 1 : 0)).getAttribute("name");
    const chosen = page.locator(`input[type=radio][name="${name}"][value="${value}"]`);
    if ((await chosen.count()) > 0) await chosen.check();
    else {
      // Lines of a plan are spoken of under a heading that opens.
      const under = page.locator("details:not([open])", { has: page.locator(`[name="${name}"]`) });
      if ((await under.count()) > 0) await under.locator("summary").first().click();
    }
    if ((await chosen.count()) === 0) await page.fill(`[name="${name}"]`, value);
  }
}

async function heading(page, said) {
  const words = await page.locator("main").innerText();
  must(words.includes(said), `"${said}" is not on the page: ${words.slice(0, 400)}`);
}

const acts = {
  async ask(page, { council, mail, fields }) {
    await page.goto(`${HUB}/ask`);
    await page.click(`a[href="/ask/${council}"]`);
    await page.fill("#mail", mail);
    await page.click("main form:nth-of-type(1) button");
    await page.fill("#code", await ask(`code ${mail}`));
    await page.click("main form:nth-of-type(2) button");
    await fill(page, fields);
    await page.click("button[value=check]");
    await page.click("main form button");
    await heading(page, "Your request was received");
    return {
      reference: await page.locator("main strong").first().innerText(),
      link: await page.locator("main a[href^='/family/']").getAttribute("href"),
    };
  },

  /// A contributor's answer, part by part, each saved before the next.
  async advice(page, { link, mail, parts }) {
    await open(page, link, mail);
    await heading(page, "Alex");
    for (const [part, rows] of parts) {
      await page.goto(`${HUB}${link}/advice/${part}`);
      for (const [n, row] of rows.entries()) {
        if (n > 0) await page.click("button[name=_add]");
        await fill(page, row);
      }
      await page.click("button[name=_then]");
      must((await page.locator("[role=alert]").count()) === 0, `${part} is saved: ${await page.locator("main").innerText()}`);
    }
    await page.goto(`${HUB}${link}/check`);
    await page.click("main form button");
    await heading(page, "Your advice was received");
  },

  async acknowledge(page, { link, mail }) {
    await open(page, link, mail);
    await page.click(`form[action="${link}/acknowledge"] button`);
  },

  async write(page, { link, mail, part, fields, said }) {
    await open(page, link, mail);
    await page.goto(`${HUB}${link}/${part}`);
    await fill(page, fields);
    await page.click("button[value=check]");
    await page.click("main form button");
    await heading(page, said);
  },

  async say(page, { link, mail, what }) {
    await open(page, link, mail);
    await page.goto(`${HUB}${link}/say/${what}`);
    await page.click("main form button");
    must((await page.locator("[role=alert]").count()) === 0, `${what} is taken`);
  },

  /// Every letter that the case lists, read.
  async letters(page, { link, mail }) {
    await open(page, link, mail);
    const at = await page.locator("main a[href*='/case/letters/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    const read = [];
    for (const letter of at) {
      const answer = await page.goto(HUB + letter);
      must(answer.status() === 200, `${letter}: ${answer.status()}`);
      read.push(await page.locator("h1").innerText());
    }
    return read;
  },
};

try {
  let done = null;
  for (;;) {
    const act = JSON.parse(await ask(`next ${JSON.stringify(done ?? null)}`));
    if (act.act === "end") break;
    done = await acts[act.act](await pageOf(act.who), act);
  }
  await browser.close();
  process.exit(0);
} catch (fault) {
  console.log(String(fault.stack ?? fault));
  await browser.close();
  process.exit(1);
}

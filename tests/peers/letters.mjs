// Follows the links of messages in headless Chromium, as their readers. One JSON line in, one out:
//   {"url","reader","born":[d,m,y]} or {"url","reader","code"} -> {"status","asks":"date|code|null","title","h1","text","links":[...],"axe":[...]}
// Each reader has a browser of its own, which keeps its cookies. axe-core runs over every page that has a name, at 1280 and at 390 pixels.
import { readFileSync, mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const { CHROMIUM, SCREENSHOTS } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const readers = new Map();
let pictures = 0;

async function pageOf(reader) {
  if (!readers.has(reader)) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1024 }, bypassCSP: true });
    readers.set(reader, await context.newPage());
  }
  return readers.get(reader);
}

async function look(page, problems, name) {
  if (!name) return;
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 1024 });
    const found = await page.evaluate(`(() => { const module = undefined; ${axe}; return window.axe.run(document, { resultTypes: ["violations"] }); })()`);
    for (const v of found.violations) problems.push(`${width} px: ${v.id}: ${v.nodes.map((n) => n.html).slice(0, 2).join(" | ")}`);
    const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (over > 0) problems.push(`${width} px: wider than the window by ${over} px`);
    if (SCREENSHOTS) {
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: `${SCREENSHOTS}/${String(++pictures).padStart(3, "0")}-${name}-${width}.png`, fullPage: true });
    }
  }
}

async function follow({ url, reader, born, code, send, name, print }) {
  const page = await pageOf(reader);
  const problems = [];
  let answer = await page.goto(url);
  if (answer.status() === 200 && born && (await page.locator("#day").count())) {
    await look(page, problems, name && `${name}-question`);
    for (const [n, field] of ["day", "month", "year"].entries()) await page.fill(`#${field}`, born[n]);
    await Promise.all([page.waitForNavigation(), page.click("button:has-text('Open the letter')")]);
    answer = await page.goto(page.url());
  } else if (answer.status() === 200 && send && (await page.locator("#code").count())) {
    await Promise.all([page.waitForNavigation(), page.click("button:has-text('Send me a code')")]);
  } else if (answer.status() === 200 && code && (await page.locator("#code").count())) {
    await page.fill("#code", code);
    await Promise.all([page.waitForNavigation(), page.click("button:has-text('Open the letter')")]);
    answer = await page.goto(page.url());
  }
  await look(page, problems, name);
  if (print) {
    // On A4 without its margins: what does not fit in its box is cut off at the edge of the paper.
    await page.setViewportSize({ width: 660, height: 1024 });
    await page.emulateMedia({ media: "print" });
    const cut = await page.evaluate(() => [...document.querySelectorAll("header *")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent));
    if (cut.length) problems.push(`cut off in print: ${cut.join(" | ")}`);
    await page.emulateMedia({ media: null });
  }
  if (print && SCREENSHOTS) await page.pdf({ path: `${SCREENSHOTS}/${name}.pdf`, format: "A4", printBackground: true });
  return {
    status: answer.status(),
    asks: (await page.locator("#day").count()) ? "date" : (await page.locator("#code").count()) ? "code" : null,
    h1: await page.locator("h1").first().innerText(),
    text: await page.locator("main").innerText(),
    links: await page.locator("main a").evaluateAll((all) => all.map((a) => a.href)),
    axe: problems,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(await follow(JSON.parse(line))));
  } catch (error) {
    console.log(JSON.stringify({ status: 0, asks: null, h1: "", text: String(error), links: [], axe: [] }));
  }
}
await browser.close();

// What tests of pages without an account in headless Chromium have in common: looking at a page with axe-core at each width, the keyboard, the
// counts, and asking the test that started this for what only it knows.
import { readFileSync, mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import * as keyboard from "./keyboard.mjs";

const { CHROMIUM, SCREENSHOTS } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export class Looking {
  constructor(browser, page) {
    this.browser = browser;
    this.page = page;
    this.answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    this.problems = [];
    this.checks = this.pictures = 0;
    this.startCounting();
    for (const name of ["look", "press", "type", "choose", "ask", "check", "tabTo"]) this[name] = this[name].bind(this);
  }

  static async start() {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
    const context = await browser.newContext({ viewport: { width: 1280, height: 1024 }, bypassCSP: true });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return new Looking(browser, page);
  }

  startCounting() {
    this.pages = this.fields = 0;
  }

  /// One page more on the way that is counted.
  count() {
    this.pages++;
  }

  check(holds, what) {
    this.checks++;
    if (!holds) this.problems.push(what);
  }

  /// What only the test that started this knows.
  async ask(line) {
    console.log(line);
    return (await this.answers.next()).value;
  }

  async look(name) {
    const { page } = this;
    this.check((await page.evaluate(() => document.scripts.length)) === 0, `${name}: no script`);
    this.check((await page.locator("main").count()) === 1 && (await page.locator("h1").count()) === 1, `${name}: one main and one h1`);
    this.pictures++;
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 1024 });
      if (width !== 320) {
        const found = await page.evaluate(`(() => { const module = undefined; ${axe}; return window.axe.run(document, { resultTypes: ["violations"] }); })()`);
        this.checks++;
        for (const v of found.violations) this.problems.push(`${name} ${width}: axe ${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`);
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      this.check(over <= 0, `${name} ${width}: the page is ${over} px wider than the window`);
      if (SCREENSHOTS && width !== 320) {
        mkdirSync(SCREENSHOTS, { recursive: true });
        await page.screenshot({ path: `${SCREENSHOTS}/${String(this.pictures).padStart(2, "0")}-${name}-${width}.png`, fullPage: true });
      }
    }
    await page.setViewportSize({ width: 1280, height: 1024 });
  }

  async tabTo(selector, most = 200) {
    const { page } = this;
    if (!(await keyboard.tabTo(page, selector, most))) throw new Error(`keyboard: ${selector} cannot be reached on ${page.url()}`);
    const shown = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none" || document.activeElement.type === "file");
    this.check(shown, `${selector}: the focus is seen`);
  }

  async press(selector) {
    await this.tabTo(selector);
    await Promise.all([this.page.waitForNavigation(), this.page.keyboard.press("Enter")]);
  }

  async type(selector, text) {
    await this.tabTo(selector);
    await this.page.keyboard.type(text);
    this.fields++;
  }

  async choose(selector, presses = 0) {
    await this.tabTo(selector);
    await this.page.keyboard.press("Space");
    for (let n = 0; n < presses; n++) await this.page.keyboard.press("ArrowDown");
    this.fields++;
  }

  /// Does what is to be done, says what was wrong, and ends.
  async run(work) {
    try {
      await work();
    } catch (fault) {
      this.problems.push(String(fault.stack ?? fault));
    }

    await this.browser.close();
    for (const problem of this.problems) console.log(problem);
    console.log(this.problems.length === 0 ? `${this.checks} checks passed` : `${this.problems.length} problems in ${this.checks} checks`);
    // The input stays open: without this the process would wait for more of it.
    process.exit(this.problems.length === 0 ? 0 : 1);
  }
}

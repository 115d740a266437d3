// The plan goes out as a Word file and comes back, in headless Chromium on pages without script: download, the file is altered by the test, choose it,
// look at each change, take them; then a conflict and a file that is refused. Each page is looked at with axe-core at 1280 and 390 pixels.
import { Looking } from "./looking.mjs";

const { HUB, CASE, FOLDER } = process.env;
const looking = await Looking.start();
const { page, look, check, ask, tabTo, press } = looking;
const main = page.locator("main");

async function says(words, what) {
  const text = await main.innerText();
  check(text.includes(words), `${what}: ${text.slice(0, 800)}`);
}

async function download(name) {
  const [file] = await Promise.all([page.waitForEvent("download"), main.getByRole("link", { name: "Download to edit in Word" }).click()]);
  await file.saveAs(`${FOLDER}/${name}`);
  check(file.suggestedFilename().endsWith(".docx"), `a Word file: ${file.suggestedFilename()}`);
}

async function bring(name) {
  await page.getByLabel("Word file").setInputFiles(`${FOLDER}/${name}`);
  await Promise.all([page.waitForNavigation(), main.getByRole("button", { name: "Show the changes" }).click()]);
}

await looking.run(async () => {
  await page.goto(`${HUB}/workspace`);
  await Promise.all([page.waitForNavigation(), page.locator("main button[type=submit]").click()]);
  await page.goto(`${HUB}/workspace/cases/${CASE}/plan`);
  await Promise.all([page.waitForNavigation(), main.getByRole("link", { name: "Download to edit in Word" }).click()]);
  await look("word-page");
  await download("plan.docx");
  await ask("alter plan.docx");

  await bring("plan.docx");
  await look("word-check");
  await says("In the file, but not applied", "what is not applied comes first");
  await says("Who says so?", "comments are shown");
  check((await main.locator("input[name=take]:not(:checked)").count()) === 1, "what leaves the plan is not ticked");
  const marked = await main.locator("#word-take ins").first().evaluate((e) => [getComputedStyle(e).textDecorationLine, e.textContent]);
  check(marked[0].includes("underline") && marked[1].startsWith("[inserted:"), `inserted words are marked for eyes and ears: ${marked}`);

  // By the keyboard: the line that is gone is ticked, and all is taken.
  await tabTo("input[name=take]:not(:checked)");
  await page.keyboard.press("Space");
  await press("#word-take button[name=_take]");
  await says("Saved.", "taken");
  await look("word-taken");

  await download("again.docx");
  await ask("conflict again.docx");
  await bring("again.docx");
  await says("Changed by somebody else since the download", "a conflict is shown");
  await look("word-conflict");

  await ask("foreign foreign.docx");
  await page.goto(`${HUB}/workspace/cases/${CASE}/plan/word`);
  await bring("foreign.docx");
  await says("another case", "another child's file is refused");
  await look("word-refused");
});

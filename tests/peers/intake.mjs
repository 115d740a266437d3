// Mail in the tray, in headless Chromium on pages without script: the list, a message with its suggestions, one beside a case with another child's
// number, the form of an advice, dismissal. Each page is looked at with axe-core at 1280 and 390 pixels.
import { Looking } from "./looking.mjs";

const { HUB, CASE, NAMED, OTHER, BROKEN } = process.env;
const looking = await Looking.start();
const { page, look, check, tabTo, press } = looking;
const main = page.locator("main");

async function says(words, what) {
  const text = await main.innerText();
  check(text.includes(words), `${what}: ${text.slice(0, 800)}`);
}

await looking.run(async () => {
  await page.goto(`${HUB}/workspace`);
  await Promise.all([page.waitForNavigation(), page.locator("main button[type=submit]").click()]);
  await Promise.all([page.waitForNavigation(), page.getByRole("link", { name: "Mail", exact: true }).click()]);
  await look("mail-list");
  check((await main.locator("tbody tr").count()) === 3, "three messages wait");

  await page.goto(`${HUB}${BROKEN}`);
  await look("mail-quarantine");
  await page.goto(`${HUB}${NAMED}`);
  await look("mail-named");
  await says("Only the name matches", "a name is no proof");

  await page.goto(`${HUB}${OTHER}`);
  await look("mail-other");
  await Promise.all([page.waitForNavigation(), main.getByRole("link", { name: `Put the message into this case ${CASE}` }).click()]);
  await look("mail-case");

  // By the keyboard: as advice, first without the reason that is needed.
  await tabTo("input[name=_mailUse]");
  await page.keyboard.press("Space");
  for (let n = 0; n < 3; n++) await page.keyboard.press("ArrowDown");
  await press("#put button");
  await says("Say why the message belongs to this case", "another child's number must be explained");
  await look("mail-case-wrong");
  await tabTo("#reason");
  await page.keyboard.insertText("One letter about two sisters.");
  await press("#put button");
  await says("Submit advice", "the form of the advice");
  await says("hearing.pdf", "with the file");
  await look("mail-advice");

  await page.goto(`${HUB}${NAMED}`);
  await tabTo("#dismiss input[name=reason]");
  await page.keyboard.insertText("Not about a child of ours");
  await press("#dismiss button");
  await says("dismissed", "dismissed");
  await page.goto(`${HUB}/workspace/intake?show=done`);
  await look("mail-done");
  await page.goto(`${HUB}${NAMED}`);
  await look("mail-dismissed");
});

// A SENCo without an account answers a request for advice in headless Chromium: with the keyboard alone, on pages that hold no script (axe-core
// is put in from outside). Each page and state at 1280 and 390 pixels, and at 320 (1280 at 400 % zoom). Prints a line for each page from the mail
// to the sent advice, and what of it was filled in, so that the test can count them. A line "code" asks the test for the code that was sent.
import { Looking } from "./looking.mjs";

const { HUB, LINK, OTHER } = process.env;
const looking = await Looking.start();
const { page, look, press, type, choose, ask, check } = looking;

async function enter(link, shows) {
  await page.goto(HUB + link);
  looking.count();
  if (shows) await look("code");
  await press("main form:nth-of-type(1) button");
  const code = await ask("code");
  if (shows) await look("code-sent");
  await type("#code", code);
  await press("main form:nth-of-type(2) button");
}

await looking.run(async () => {
  // The short way, counted: from the link in the mail to the advice sent.
  await enter(LINK, false);
  looking.count();
  await press("a.action");
  looking.count();
  await type("#content-author", "Kit Example");
  await type("#content-authorRole", "SENCo");
  await type("#content-needs-0-text", "Reading is slow.");
  await choose("#content-needs-0-area");
  await type("#content-outcomes-0-text", "Reads a page aloud by July.");
  await type("#content-provision-0-text", "A reading programme.");
  await choose("#content-provision-0-kind");
  await type("#content-provision-0-who", "A trained teaching assistant");
  await type("#content-provision-0-howOften", "daily");
  await type("#content-provision-0-howLong", "20 minutes");
  await press("button[value=check]");
  looking.count();
  await press("main form button");
  check((await page.locator("h1").innerText()) === "Your advice was received", "the receipt");
  await look("receipt");
  console.log(`counted ${looking.pages} ${looking.fields}`);

  // The other request, every page and state.
  await enter(OTHER, true);
  await look("request");
  await press("form button.second");
  await look("acknowledged");
  for (const act of ["when", "question", "pass-on", "decline"]) {
    await page.goto(`${HUB}${OTHER}/say/${act}`);
    await look(`say-${act}`);
    await press("main form button[type=submit]");
    check(await page.title().then((t) => t.startsWith("Error: ")), `${act}: an empty form is refused`);
    await look(`say-${act}-refused`);
  }
  await page.goto(`${HUB}${OTHER}/advice`);
  await look("form");
  await page.goto(`${HUB}${OTHER}/check`);
  await look("form-refused");
  await page.goto(`${HUB}${OTHER}/advice/about`);
  await look("part-about");
  await type("#content-author", "Kit Example");
  await type("#content-authorRole", "SENCo");
  await press("button[value=next]");
  await look("part-needs");
  await press("button[name=_add]");
  check((await page.locator("#content-needs-1-text").count()) === 1, "one more need");
  await look("part-needs-more");
  await page.goto(`${HUB}${OTHER}/file`);
  await look("files");
  await page.setInputFiles("#file", { name: "report.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 a report") });
  await press("form[novalidate] button");
  check((await page.locator(".lines li").count()) === 1, "the file is listed");
  await look("files-one");
  await page.goto(`${HUB}${OTHER}/check`);
  await look("check");
  await page.goto(`${HUB}${OTHER}`);
  await look("request-begun");
  await page.goto(`${HUB}${OTHER}x`);
  await look("gone");
});

// A SENCo and a parent sign in where they have an account, in headless Chromium: with the keyboard alone, on pages that hold no script (axe-core
// is put in from outside). Each page at 1280 and 390 pixels, and at 320. A line with the name of a person asks the test to have the issuer sign
// in that person next.
import { Looking } from "./looking.mjs";

const { HUB, FAMILY } = process.env;
const looking = await Looking.start();
const { page, look, press, type, ask, check } = looking;
const heading = () => page.locator("h1").innerText();

await looking.run(async () => {
  await ask("elsewhere");
  await page.goto(`${HUB}/requests`);
  await look("choose-issuer");
  await press("main li a");
  check((await heading()) === "Your organisation is not in the directory", "an unknown school is told so");
  await look("not-in-the-directory");

  await ask("school");
  await press("main a");
  await press("main li a");
  check((await heading()) === "Requests for advice", "the list");
  check((await page.locator("tbody tr").count()) === 2, "both requests");
  await look("list");
  await press("tbody a");
  check((await heading()).startsWith("Request for "), "the request, without a code");
  await look("request");
  await press("a.action");
  await type("#content-author", "Kit Example");
  await press("main form button");
  await page.goto(`${HUB}/requests/x/y`);
  await look("not-yours");
  await page.goto(`${HUB}/requests`);
  await press("main form button");
  check((await heading()) === "You are signed out", "signed out");
  await look("signed-out");

  await page.goto(HUB + FAMILY);
  await look("family-code");
  await ask("stranger");
  await press("main a.action");
  check((await page.locator(".errors").innerText()).includes("is not the address that the council has for you"), "another address is refused");
  await look("family-other-address");
  await ask("parent");
  await press("main a.action");
  check((await page.locator("#code").count()) === 0, "the case is open, without a code");
  await look("family-case");
});

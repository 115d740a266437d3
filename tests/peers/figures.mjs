// A team manager makes the figures of a return that was built, with the keyboard alone. Anybody opens a council's page of figures in headless Chromium, which holds no script (axe-core is put in from outside): at 1280 and 390 pixels and
// printed on A4. Prints a line for each, so that the test can read it. Pictures and the PDF go to SCREENSHOTS where that is set.
import { Looking } from "./looking.mjs";

const { HUB, SCREENSHOTS } = process.env;
const looking = await Looking.start();
const { page, look, press, tabTo, check } = looking;

await looking.run(async () => {
  await page.goto(`${HUB}/workspace/sen2`);
  await tabTo("#case-officer");
  await page.keyboard.press("ArrowDown");
  await press("main button[type=submit]");
  await press("#build button[type=submit]");
  await press("form[action$=figures] button");
  check((await page.locator(".done").innerText()).includes("The figures were made and stored."), "the figures are made");
  await look("sen2-figures");

  await page.goto(`${HUB}/figures/330`);
  await look("figures");
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    console.log(`page ${width} ${Math.max(0, wider)}`);
  }
  const pdf = await page.pdf({ format: "A4", ...(SCREENSHOTS ? { path: `${SCREENSHOTS}/figures.pdf` } : {}) });
  check(pdf.length > 10000, "the page can be printed");
  console.log("printed");
});

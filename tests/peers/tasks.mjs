// Five tasks of a new user in the officers' workspace, each from the first page and by what is written on the pages: headless Chromium with the mouse,
// pages without script. Prints for each task its pages (the first and the last among them) and the fields that were filled in. Each page is looked at
// with axe-core at 1280 and 390 pixels.
import { Looking } from "./looking.mjs";

const { HUB, LATE, ADVISED, DRAFTED, RETURNED } = process.env;
const looking = await Looking.start();
const { page, look, check } = looking;
const main = page.locator("main");

async function start() {
  await page.goto(`${HUB}/workspace`);
  looking.startCounting();
  looking.count();
}

async function press(locator) {
  await Promise.all([page.waitForNavigation(), locator.first().click()]);
  looking.count();
}

const link = (name, within = main) => within.getByRole("link", { name });
const tab = (name) => page.getByRole("navigation", { name: "Case" }).getByRole("link", { name, exact: true });
const button = (name) => main.getByRole("button", { name });
const open = (reference) => press(main.locator("tr", { hasText: reference }).locator("th a"));

// What a field is called, as it is written beside it. A day has three fields.
async function put(label, value, within = main) {
  const field = within.getByLabel(label, { exact: true }).first();
  if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption({ label: value });
  else await field.fill(value);
  looking.fields++;
}

async function choose(group, name, within = main) {
  await within.getByRole("group", { name: group }).getByRole("radio", { name, exact: true }).first().check();
  looking.fields++;
}

async function day(group, text) {
  const parts = text.split(" ");
  for (const [n, part] of ["Day", "Month", "Year"].entries()) {
    await main.getByRole("group", { name: group }).getByLabel(part).first().fill(parts[n]);
    looking.fields++;
  }
}

async function says(words, what) {
  const text = await main.innerText();
  check(text.includes(words), `${what}: ${text.slice(0, 600)}`);
}

async function task(name, work) {
  await start();
  await work();
  const counted = `task ${name}: ${looking.pages} ${looking.fields}`;
  await look(name);
  console.log(counted);
}

await looking.run(async () => {
  await page.goto(`${HUB}/workspace`);
  await Promise.all([page.waitForNavigation(), page.locator("main button[type=submit]").click()]);

  await task("urgent", async () => {
    const rows = await main.locator("tbody tr").allInnerTexts();
    check(rows.length > 3 && rows.slice(0, 3).every((row) => row.includes("Overdue")), `the three most urgent come first: ${rows}`);
    check(rows[0].includes(LATE), `the one that is late for longest is the first: ${rows[0]}`);
  });

  await task("late-advice", async () => {
    await open(LATE);
    await press(tab("Advice"));
    await press(link("Record the advice", main.getByRole("region", { name: "Medical advice" })));
    await put("Author", "Dr Example");
    await put("Author role", "Community paediatrician");
    await day("Written on", "17 8 2026");
    const need = main.getByRole("group", { name: "Needs 1" });
    await choose("Area", "Health", need);
    await put("Text", "Moderate hearing loss.", need);
    await press(button("Submit"));
    await says("has been recorded", "the advice is recorded");
    await look("late-advice-recorded");
    await press(link("Claim an exception for a delay"));
    await choose("What is the ground for the exception?", "Absent from area");
    await day("From which day did the exception apply?", "20 7 2026");
    await day("Until which day did the exception apply?", "18 8 2026");
    await put("What is the evidence?", "Letter of the family of 21 July");
    await put("Why was it impractical to meet the time limit?", "The child was abroad and could not be seen.");
    await press(button("Continue"));
    await press(button("Confirm"));
    await says("has been recorded", "the exception is claimed");
  });

  await task("return-advice", async () => {
    await open(ADVISED);
    await press(tab("Advice"));
    await press(link("Return this advice as insufficient"));
    await put("What is missing or not sufficient?", "How often the therapy is needed is missing.");
    await press(button("Continue"));
    await press(button("Confirm"));
    await says("has been recorded", "the advice is returned");
  });

  await task("change-line", async () => {
    await open(DRAFTED);
    await press(tab("Plan"));
    await press(link("Change"));
    await put("Text of the line", "Moderate hearing loss in both ears.");
    await choose("What is the change based on?", "Officer");
    await put("Why are you making this change?", "In plainer words.");
    await press(button("Save the line"));
    await says("Moderate hearing loss in both ears.", "the line has changed");
    await says("In the advice: Moderate bilateral hearing loss.", "what it was stands beside it");
  });

  await task("letter", async () => {
    await open(RETURNED);
    await press(tab("Letters"));
    await says("Returned, 20 August 2026: Marked gone away", "why it did not reach its reader");
  });
});

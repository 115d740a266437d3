// The keyboard alone, as fast as a hand that knows the page: the page says how many stops ahead an element should be, Tab is pressed as often, and
// what counts is where the focus then is. Where the guess is too short, Tab goes on one stop at a time, so an element that the keyboard does not
// reach is never taken for one that it does.

/// The elements at which Tab stops, in their order: what is not shown or switched off has no stop, and a group of radio buttons has one.
const STOPS = `(() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((e) => {
  if (e.disabled || e.tabIndex < 0 || e.type === "hidden" || !e.checkVisibility({ visibilityProperty: true })) return false;
  if (e.type !== "radio" || e.checked) return true;
  const group = [...document.getElementsByName(e.name)].filter((one) => one.type === "radio" && one.form === e.form);
  return group[0] === e && !group.some((one) => one.checked);
}))()`;

/// Presses Tab until the focus is on an element for which the selector holds; false where it is not reached with so many presses.
export async function tabTo(page, selector, most) {
  let left = most;
  while (left > 0) {
    const ahead = await page.evaluate(`((selector) => {
      const all = ${STOPS};
      const at = all.indexOf(document.activeElement);
      // After a link to a place in the page the focus goes on from there, and no script can see from where.
      if (at < 0 && location.hash) return 1;
      return all.findIndex((e, n) => n > at && e.matches(selector)) - at;
    })(${JSON.stringify(selector)})`);
    const presses = Math.min(Math.max(ahead, 1), left);
    await press(page, presses);
    left -= presses;
    if (await page.evaluate((s) => document.activeElement?.matches(s) === true, selector)) return true;
  }
  return false;
}

/// What has the focus after one Tab more, or after as many as lead to the next element with one of the names or ids.
export async function tabToNext(page, wanted) {
  const ahead = await page.evaluate(`((wanted) => {
    const all = ${STOPS};
    const at = all.indexOf(document.activeElement);
    if (at < 0 && location.hash) return 1;
    return all.findIndex((e, n) => n > at && (wanted.includes(e.id) || wanted.includes(e.getAttribute("name")))) - at;
  })(${JSON.stringify(wanted)})`);
  await press(page, Math.max(ahead, 1));
  return page.evaluate(() => {
    const e = document.activeElement;
    return { id: e.id, name: e.getAttribute("name"), tag: e.tagName, type: e.getAttribute("type"), value: e.value, values: e.tagName === "SELECT" ? [...e.options].map((o) => o.value) : [] };
  });
}

// They need not wait for one another: the browser takes them in their order.
async function press(page, times) {
  await Promise.all(Array.from({ length: times }, () => page.keyboard.press("Tab")));
}

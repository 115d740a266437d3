// Fetches the page again every half minute and shows what is new. Without it everything works; the pages have a link for it.
// Nothing is replaced while somebody reads or works in the page: focus in it, an open detail or a hidden window wait.
"use strict";
const seconds = 30;
const busy = () => document.hidden || document.querySelector("main")?.contains(document.activeElement) || document.querySelector("details[open]") !== null;
setInterval(async () => {
  if (busy()) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected || busy()) return;
  const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (main) document.querySelector("main").replaceWith(main);
}, seconds * 1000);

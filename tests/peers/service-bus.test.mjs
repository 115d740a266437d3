// Microsoft's own @azure/service-bus against the embedded bus: every semantic the hub relies on, as an agency's developer would use it.
// Environment: BUS_ROOT and BUS_AGENCY (connection strings), BUS_SUBSCRIPTION (the agency's subscription), BUS_AGENCY_ID (its id),
// BUS_LOCK_MS (lock duration of the queue "short"). Prints TAP; ends with 1 when a check fails.
// An argument runs only the checks whose name holds it.
import { checks, receivers, root } from "./service-bus.kit.mjs";
import "./service-bus.messages.mjs";
import "./service-bus.sessions.mjs";
import "./service-bus.access.mjs";
import "./service-bus.table.mjs";

const only = process.argv[2];
let failed = 0;
const chosen = checks.filter((c) => !only || c.name.includes(only));
console.log(`1..${chosen.length}`);
for (const [i, { name, run }] of chosen.entries()) {
  const from = Date.now();
  try {
    await run();
    console.log(`ok ${i + 1} - ${name} # ${Date.now() - from} ms`);
  } catch (error) {
    failed++;
    console.log(`not ok ${i + 1} - ${name} # ${Date.now() - from} ms`);
    console.log(String(error.stack ?? error).replace(/^/gm, "#   "));
  }
  await Promise.all([...receivers].map((r) => r.close()));
  receivers.clear();
}
await root.close();
process.exit(failed ? 1 : 0);

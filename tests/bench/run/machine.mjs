// On what the figures were taken, and how busy it was.
import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

export function machine() {
  const browser = execFileSync(process.env.CHROMIUM ?? "/usr/bin/chromium", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  return { cpu: cpus()[0].model, cores: cpus().length, memory: totalmem(), browser, load: loadavg().map((load) => load.toFixed(1)).join(", "), at: new Date().toISOString() };
}

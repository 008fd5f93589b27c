// What the command-line reader says of the same files: the page must agree with it.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST } from "./server.ts";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const INSPECT = resolve(root, process.env.LIFELINE_INSPECT ?? "target/release/examples/inspect");

/** The object that `inspect` prints; its exit code may say that a file was not whole. */
export function inspect(files: string[], ...options: string[]): any {
  const text = execFileSync(INSPECT, [...files, ...options], { maxBuffer: 1 << 28, encoding: "utf8" });
  return JSON.parse(text);
}

/** A file of the shared real records, or nothing where that folder isn't at hand. */
export function shared(path: string): string | undefined {
  const file = resolve(process.env.LIFELINE_SHARED ?? resolve(root, "../shared"), "data", path);
  return existsSync(file) ? file : undefined;
}

/** The files of the build's demo account. */
export function demoFiles(): string[] {
  const folder = resolve(DIST, "demo");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.includes(".") && !name.endsWith("manifest.json"))
    .sort()
    .map((name) => resolve(folder, name));
}

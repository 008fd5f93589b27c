// Servers for the specs: the project's own static server before a build, and small ones that play a portal or a fault.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const DIST = resolve(root, process.env.LIFELINE_DIST ?? "dist");
const SERVE = resolve(root, process.env.LIFELINE_SERVE ?? "target/debug/examples/serve");

export interface Served {
  /** Ends with a slash. */
  url: string;
  close(): Promise<void>;
}

/** Serves a folder with the headers that a host should send. */
export async function serveFolder(folder = DIST, prefix = "/"): Promise<Served> {
  const child = spawn(SERVE, ["--dir", folder, "--port", "0", "--prefix", prefix], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const url = await new Promise<string>((found, failed) => {
    child.once("error", failed);
    createInterface(child.stdout).once("line", found).once("close", () => failed(new Error(`${SERVE} gave no address`)));
  });
  return {
    url,
    async close() {
      child.kill();
      await ended;
    },
  };
}

/** Serves what `answer` says, on `localhost`: another site than the page's 127.0.0.1. */
export async function serveAnswers(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Served> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

// Servers for the specs: the project's own static server before a build, and small ones that play a portal or a fault.
import { spawn } from "node:child_process";
import { createServer, request as forward } from "node:http";
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

/** Answers in place of a file. `nth` counts the asks for that path from 1; `pass` gives the file's own answer. */
export type Fault = (response: ServerResponse, nth: number, pass: () => void) => void;

export const faults = {
  /** A whole answer of the test's own. */
  json: (value: unknown): Fault => (response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(value));
  },
  status: (status: number, words = ""): Fault => (response) => {
    response.writeHead(status, { "Content-Type": "text/plain" }).end(words);
  },
  /** Fails some times, then well. */
  atFirst: (times: number, status: number): Fault => (response, nth, pass) => {
    if (nth <= times) response.writeHead(status, { "Content-Type": "text/plain" }).end();
    else pass();
  },
  /** Promises the whole body, sends a part and hangs up. A browser drops what was not yet read when a line breaks, so the
      break comes long after the part: the test is about what came, not about who was faster. */
  cutAfter: (bytes: Buffer, n: number): Fault => (response) => {
    response.writeHead(200, { "Content-Type": "application/gzip", "Content-Length": bytes.length });
    response.write(bytes.subarray(0, n), () => setTimeout(() => response.destroy(), 2_000));
  },
  /** What a proxy with a sign-in page of its own answers. */
  signIn: (): Fault => (response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end("<!doctype html><title>Sign in</title><form><input name=user><input type=password></form>");
  },
  /** Never answers. */
  silent: (): Fault => () => {},
};

/** The build under the final headers, with some paths (relative to the prefix) answered otherwise. */
export async function serveWithFaults(overrides: Record<string, Fault>, prefix = "/", folder = DIST): Promise<Served> {
  const behind = await serveFolder(folder, prefix);
  const asks = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", behind.url).pathname.slice(prefix.length);
    const pass = () => {
      const ask = forward(new URL(request.url ?? "/", behind.url), { method: request.method, agent: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      ask.on("error", () => response.destroy());
      ask.end();
    };
    const fault = overrides[path];
    if (!fault) return pass();
    const nth = (asks.get(path) ?? 0) + 1;
    asks.set(path, nth);
    fault(response, nth, pass);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await behind.close();
    },
  };
}

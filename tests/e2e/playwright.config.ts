// Every spec runs against the release build as static files, at the root and at a deep path, under the final headers.
import { defineConfig, devices } from "@playwright/test";
import type { Options } from "./fixtures.ts";

export default defineConfig<Options>({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "results",
  forbidOnly: !!process.env.CI,
  // A test that passes only sometimes is a bug; it is not tried again.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "results/report.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    },
    trace: "retain-on-failure",
  },
  projects: [
    { name: "root", use: { prefix: "/" } },
    { name: "deep path", use: { prefix: "/some/deep/path/" }, grepInvert: /@root-only/ },
  ],
});

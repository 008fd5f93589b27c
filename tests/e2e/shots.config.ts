// ./dev shots: the same browser and build as the specs, pictures instead of checks.
import config from "./playwright.config.ts";

export default {
  ...config,
  testMatch: "shots.ts",
  reporter: [["list"]],
  projects: [{ name: "shots", use: { prefix: "/" } }],
} satisfies typeof config;

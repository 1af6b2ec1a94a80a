import { defineConfig } from '@playwright/test';

/**
 * Browser tests run against a portal that is up already: `yarn test` starts one
 * and says where it is in PORTAL_URL and CLASSIC_PORTAL_URL.
 */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  outputDir: '.data/browser-tests',
  // Longer than what is waited for together: that has limits of its own.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  // One world serves all tests, and some of them change it.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list'], ['json']],
  use: {
    baseURL: process.env.PORTAL_URL ?? 'http://localhost:3000',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

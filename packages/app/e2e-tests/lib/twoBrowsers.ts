import { Browser, Page } from '@playwright/test';
import { expect, signInAs, test as base } from './portal';

type Person = 'engineer' | 'lead';

function noteErrors(page: Page, whose: string, errors: string[]) {
  page.on('pageerror', error => errors.push(`${whose}: ${error}`));
}

async function openPage(
  browser: Browser,
  person: Person,
  errors: string[],
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  noteErrors(page, person, errors);
  await signInAs(page, person);
  return page;
}

/**
 * A test in which two people sit before a browser of their own each, another
 * process with another profile. No page may throw.
 */
export const test = base.extend<
  Record<Person, Page>,
  { browsers: Record<Person, Browser> }
>({
  browsers: [
    async ({ playwright }, provide) => {
      const [engineer, lead] = await Promise.all([
        playwright.chromium.launch(),
        playwright.chromium.launch(),
      ]);
      await provide({ engineer, lead });
      await Promise.all([engineer.close(), lead.close()]);
    },
    { scope: 'worker' },
  ],
  // Instead of the one that opens a page even where nobody looks at it.
  errors: async ({}, provide) => {
    const errors: string[] = [];
    await provide(errors);
    expect(errors).toEqual([]);
  },
  page: async ({ page, errors }, provide) => {
    noteErrors(page, 'page', errors);
    await provide(page);
  },
  engineer: async ({ browsers, errors }, provide) => {
    const page = await openPage(browsers.engineer, 'engineer', errors);
    await provide(page);
    await page.context().close();
  },
  lead: async ({ browsers, errors }, provide) => {
    const page = await openPage(browsers.lead, 'lead', errors);
    await provide(page);
    await page.context().close();
  },
});

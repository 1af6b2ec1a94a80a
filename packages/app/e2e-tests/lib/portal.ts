import AxeBuilder from '@axe-core/playwright';
import { expect, Page, test as base } from '@playwright/test';

/** People of the embedded world. */
export const PEOPLE = {
  engineer: 'user:default/ana.ruiz',
  lead: 'user:default/dee.park',
  platform: 'user:default/pat.moss',
  visitor: 'user:default/vic.lane',
};

/** The two portals: the plugin has to work in both frontend systems. */
export const PORTALS = {
  new: process.env.PORTAL_URL ?? 'http://localhost:3000',
  classic: process.env.CLASSIC_PORTAL_URL ?? 'http://localhost:3001',
};

const AXE_TAGS = [
  'wcag2a',
  'wcag2aa',
  'wcag21a',
  'wcag21aa',
  'wcag22aa',
  'best-practice',
];

/** Signs somebody in for all pages of this tab, without the sign-in page. */
export async function signInAs(page: Page, person: keyof typeof PEOPLE) {
  await page.addInitScript(entityRef => {
    window.sessionStorage.setItem(
      'ground-control.development-sign-in',
      entityRef,
    );
  }, PEOPLE[person]);
}

/** Sets the portal's theme before its first paint. */
export async function useTheme(page: Page, theme: 'light' | 'dark') {
  await page.addInitScript(id => {
    window.localStorage.setItem('theme', id);
  }, theme);
}

/** Expects that axe finds nothing inside our own part of the page. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .include('.gc-root')
    .withTags(AXE_TAGS)
    .analyze();
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      count: nodes.length,
      first: nodes.slice(0, 3).map(node => node.html),
    })),
  ).toEqual([]);
}

/**
 * Expects that the page itself doesn't scroll sideways. The portal's own
 * navigation takes a moment to follow a window that changed its width.
 */
export async function expectNoOverflow(page: Page) {
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          document.documentElement.scrollWidth -
          document.documentElement.clientWidth,
      ),
    )
    .toBeLessThanOrEqual(0);
}

/** Does something to the embedded world: see `yarn sandbox --help`. */
export async function control(
  command: string,
  values: Record<string, string> = {},
): Promise<any> {
  const response = await fetch(
    `${process.env.SANDBOX_CONTROL_URL}/${command}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(values),
    },
  );
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${command} answered ${response.status}: ${text}`);
  }
  return JSON.parse(text);
}

/** Opens a tab of an entity's page, which is a link or a tab by frontend system. */
export async function openEntityTab(page: Page, name: string) {
  await page
    .getByRole('tab', { name, exact: true })
    .or(
      page
        .getByRole('navigation', { name: 'Content navigation' })
        .getByRole('link', { name, exact: true }),
    )
    .click();
}

/** A test whose page must not throw or log an error. */
export const test = base.extend<{ errors: string[] }>({
  errors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', error => errors.push(String(error)));
      await use(errors);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

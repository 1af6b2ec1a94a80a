import { Locator, Page } from '@playwright/test';
import { api } from './lib/api';
import { control, expect, PORTALS, signInAs } from './lib/portal';
import { formatPath, takeService } from './lib/services';
import { test } from './lib/twoBrowsers';

const TO_RUN_MS = 90_000;
/** Further than anything on these pages is from where the focus stands. */
const MOST_TABS = 120;

/** Whether something has the focus, and is seen where it stands. */
async function standsOn(target: Locator): Promise<boolean> {
  return target.evaluate(element => element === document.activeElement);
}

/**
 * What covers the focus, in our own part of the page: a sticky foot or a sheet
 * that it went behind.
 */
async function findCover(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused?.closest('.gc-root')) return undefined;
    const box = focused.getClientRects()[0];
    const hit = document.elementFromPoint(
      box.x + Math.min(box.width / 2, 20),
      box.y + box.height / 2,
    );
    const isSeen =
      hit !== null && (focused.contains(hit) || hit.contains(focused));
    return isSeen
      ? undefined
      : `${focused.outerHTML.slice(0, 200)} under ${hit?.outerHTML.slice(
          0,
          200,
        )}`;
  });
}

/** Goes on with Tab until something has the focus. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await standsOn(target)) return;
    await page.keyboard.press('Tab');
    expect(await findCover(page)).toBeUndefined();
  }
  throw new Error(`Tab doesn't come to ${target}`);
}

async function press(page: Page, target: Locator, key = 'Enter') {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Has no pointer do anything by mistake: this is about keys alone. */
async function refusePointer(page: Page) {
  await page.addInitScript(() => {
    for (const type of ['pointerdown', 'mousedown']) {
      window.addEventListener(type, () => {
        throw new Error('A pointer was used');
      });
    }
  });
}

test('from asking to the trail, by keys alone', async ({
  engineer,
  lead,
  page: auditor,
}) => {
  for (const page of [engineer, lead, auditor]) await refusePointer(page);
  const service = await takeService();
  const { name } = service;

  await engineer.goto(
    `${PORTALS.new}/releases/services/${formatPath(service)}`,
  );
  const opener = engineer.getByRole('button', { name: 'Request release prod' });
  await press(engineer, opener);
  const sheet = engineer.getByRole('dialog');
  await expect(sheet.getByText('Dee Park can.')).toBeVisible();
  await tabTo(engineer, sheet.getByLabel(/Why/));
  await engineer.keyboard.type('Asked by keys.');
  await press(
    engineer,
    sheet.getByRole('button', { name: 'Ask for approval' }),
  );
  const asked = sheet.getByRole('link', { name: /^REQ-/ });
  await expect(asked).toBeVisible();
  const id = await asked.innerText();
  await tabTo(engineer, asked);
  await engineer.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(opener).toBeFocused();

  await lead.goto(`${PORTALS.new}/releases/requests`);
  const line = lead
    .getByRole('listitem')
    .filter({ hasText: `${name} → prod` })
    .getByRole('link', { name: /Review/ });
  await press(lead, line);
  await expect(
    lead.getByRole('heading', { name: `Release ${name} to prod?` }),
  ).toBeVisible();
  const approve = lead.getByRole('button', { name: /Approve release/ });
  await expect(approve).not.toHaveAccessibleDescription(/still loading/);
  for (const box of await lead.getByRole('checkbox').all()) {
    await press(lead, box, 'Space');
    await expect(box).toBeChecked();
  }
  await lead.keyboard.press('r');
  await expect(lead.getByRole('button', { name: /^Reject/ })).toBeFocused();
  await lead.keyboard.press('a');
  await expect(approve).toBeFocused();
  await lead.keyboard.press('Enter');
  await expect(lead.getByText('Dee Park approved')).toBeVisible();
  // The button is gone; where the focus is now, keys go on.
  await expect(
    lead.locator('aside').filter({ hasText: 'Dee Park approved' }),
  ).toBeFocused();
  await expect(lead.getByText(/Runs in (\d) of \1 clusters/)).toBeVisible({
    timeout: TO_RUN_MS,
  });

  await signInAs(auditor, 'platform');
  await auditor.goto(`${PORTALS.new}/releases/requests/${id}`);
  await press(
    auditor,
    auditor.getByRole('link', { name: 'In the audit trail' }),
  );
  await expect(
    auditor.getByRole('heading', { name: 'Audit trail' }).first(),
  ).toBeVisible();
  await expect(
    auditor
      .getByRole('row')
      .filter({ hasText: 'approved' })
      .filter({ hasText: 'dee.park' }),
  ).toBeVisible();
});

test('all that a lead decides on is in sight at once', async ({
  engineer,
  lead,
}) => {
  const service = await takeService();
  await engineer.goto(
    `${PORTALS.new}/releases/services/${formatPath(service)}?ask=prod`,
  );
  const sheet = engineer.getByRole('dialog');
  await expect(sheet.getByText('Dee Park can.')).toBeVisible();
  await sheet.getByLabel(/Why/).fill('It is to be seen.');
  await sheet.getByRole('button', { name: 'Ask for approval' }).click();
  const id = await sheet.getByRole('link', { name: /^REQ-/ }).innerText();
  // Somebody else's release, so that there is one to be told of.
  const other = await takeService();
  await control('release', { service: other.name, environment: 'prod' });

  await lead.setViewportSize({ width: 1440, height: 900 });
  await lead.goto(`${PORTALS.new}/releases/requests/${id}`);
  const approve = lead.getByRole('button', { name: /Approve release/ });
  await expect(approve).not.toHaveAccessibleDescription(/still loading/);
  const tiles = lead.getByRole('list', { name: 'Verdicts' });
  const parts = {
    heading: lead.getByRole('heading', { name: /^Release .* to prod\?$/ }),
    tiles,
    commits: lead.getByRole('heading', { name: /\d+ (commit|build)s?/ }),
    others: lead.getByRole('heading', { name: /^Other releases to prod/ }),
    difference: lead.getByRole('heading', { name: /^Manifests: \d+ file/ }),
    approve,
    reject: lead.getByRole('button', { name: /^Reject/ }),
  };
  const bottoms: Record<string, number> = {};
  for (const [part, place] of Object.entries(parts)) {
    await expect(place).toBeVisible();
    const box = await place.boundingBox();
    bottoms[part] = Math.round(box!.y + box!.height);
  }
  const below = Object.entries(bottoms).filter(([, bottom]) => bottom > 900);
  expect(below).toEqual([]);

  await lead.setViewportSize({ width: 390, height: 844 });
  for (const button of [parts.approve, parts.reject]) {
    await expect(button).toBeInViewport({ ratio: 1 });
  }
  // What waits would be in the way of other tests' inboxes.
  await api('engineer', `/v1/requests/${id}/cancel`, {});
});

// Photographs the console of a running host, for make.sh: node pictures.mjs URL CHROMIUM DRIVER
import { createRequire } from 'node:module';

const [url, executablePath, driver] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)(driver);

// Where the page is, how large the picture is or with what it ends (`last`), and what is done before it is taken.
const pictures = {
  'list.png': { at: '', height: 1000 },
  'inbox.png': { at: '#/cases?waiting=true&order=deadline', height: 560, act: beginAnAnswer },
  'bulk.png': { at: '', height: 800, act: previewTermination },
  'case.png': { at: '#/cases/tier-2', last: '.instance-grid' },
  'case-retries.png': { at: '#/cases/switchboard', last: '.steps-card', act: select('Assign Case') },
  'case-waiting-dark.png': { at: '#/cases/invoice', last: '.instance-grid', dark: true },
  'case-360.png': { at: '#/cases/invoice', width: 360, last: '.graph-card' },
  'ticket.png': { at: '#/tickets/ticket-7', last: '.steps-card' },
};

function select(state) {
  return page => page.click(`[data-state="${state}"]`);
}

async function beginAnAnswer(page) {
  await page.getByLabel('Your name').fill('Ada');
  await page.locator('h1').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('n');
  await page.keyboard.type('rang twice, will call back');
}

async function previewTermination(page) {
  await page.getByLabel('Select all on this page').check();
  await page.locator('.bulk-actions').getByRole('button', { name: 'Terminate' }).click();
  await page.waitForSelector('.bulk-preview');
}

const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
for (const [name, { at, width = 1280, height = 900, last, dark = false, act }] of Object.entries(pictures)) {
  const page = await browser.newPage({
    viewport: { width, height }, deviceScaleFactor: 1.5, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce',
  });
  await page.goto(`${url}/console${at}`);
  await page.waitForSelector(at.split('/').length > 2 ? '.instance-body:not([hidden])' : 'table.instances tbody tr');
  // What the page asks for beside its first answer has come by then.
  await page.waitForLoadState('networkidle').catch(() => {});
  await act?.(page);
  if (last) {
    const end = await page.locator(last).evaluate(one => Math.ceil(one.getBoundingClientRect().bottom + scrollY) + 24);
    await page.setViewportSize({ width, height: end });
  }
  await page.waitForTimeout(600);
  await page.screenshot({ path: new URL(name, import.meta.url).pathname });
  await page.close();
}
await browser.close();

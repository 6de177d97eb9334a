import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';

const page = `<!doctype html><html lang="nl"><title>Wijk</title>
<h1>Vragen</h1>
<script>document.querySelector('h1').textContent += ' uit de wijk';</script>`;
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
});
let browser: Browser;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
});

test('a real browser renders a page, runs its script and takes a picture', async () => {
  const tab = await browser.newPage();
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const heading = tab.getByRole('heading', { name: 'Vragen uit de wijk' });
  expect(await heading.isVisible()).toBe(true);
  // Letters have a height only where fonts were found.
  expect((await heading.boundingBox())?.height).toBeGreaterThan(10);
  expect((await tab.screenshot()).length).toBeGreaterThan(1000);
});

/**
 * The snippets of README and docs that are no files in examples/, run in a page as a reader would put them there: built by
 * Vite from the package that npm has installed, in front of the desk in memory where they need no server of their own.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { ChatStore } from '../src/store/index.js';
import type { Desk } from '../src/testing/index.js';
import { installForHosts } from '../scripts/installed.mjs';
import { snippets } from '../scripts/snippets.mjs';
import { startExample } from './example-server.js';
import { expect, test } from './fixtures.js';
import { HostSite } from './host-site.js';
import { InboxPage } from './inbox-page.js';

/** What the pages below leave for the tests. */
declare global {
  interface Window {
    desk: Desk;
    stores: ChatStore[];
  }
}

const taken = new Set<(typeof snippets)[number]>();

/** The one snippet of a page that has these words. */
function take(page: string, words: string): string {
  const found = snippets.filter((one) => one.page === page && one.code.includes(words));
  if (found.length !== 1) throw new Error(`${found.length} snippets in ${page} say "${words}"`);
  taken.add(found[0]!);
  return found[0]!.code;
}

const SIGN_IN = take('README.md', 'curl -s');
const TRANSPORT = take('README.md', 'httpTransport(');
const STORE = take('README.md', 'await store.connectSocket');
const ARABIC = take('docs/languages.md', 'locale="ar"');
const POLISH = take('docs/languages.md', 'addLanguage(');
const LOOK = take('docs/theming.md', 'block-size: 100%');
const HOST_LOOKS = take('docs/theming.md', '.monochrome crm-chat');
const HOST_TAGS = take('docs/theming.md', 'class="monochrome"');
const PARTS = take('docs/theming.md', '::part(bubble)');
const SLOTS = take('docs/theming.md', 'slot="header-actions"');
const RENDERERS = take('docs/theming.md', 'messageBody(');

/** A store on the demo desk for each inbox of the page, and for the page itself. */
const DESK = `
import { createChatStore, provideChat } from 'crm-chat-elements';
import { DEMO_AGENT, demoDesk, deskTransport } from 'crm-chat-elements/testing';
const desk = (window.desk = demoDesk());
desk.addConversation({ id: 'ana', prospectId: desk.addContact({ name: 'Ana' }).id });
desk.addMessage('ana', { content: 'Do you deliver on Saturdays?' });
window.stores = [];
const newStore = () => {
  const store = createChatStore({ transport: deskTransport(desk, { agentId: DEMO_AGENT }) });
  window.stores.push(store);
  return store;
};
provideChat(document.documentElement, newStore());
for (const chat of document.querySelectorAll('crm-chat')) chat.store = newStore();
`;

const PANELS = '<crm-conversation-list></crm-conversation-list><crm-chat-messages></crm-chat-messages>';
/** What the reader changes: a name of a place they do not have. */
const filledIn = (code: string, old: string, now: string) => {
  expect(code).toContain(old);
  return code.replace(old, now);
};

interface Made {
  readonly css?: string;
  readonly body: string;
  /** Modules of the page, in order. */
  readonly scripts: readonly string[];
  /** Further files beside them. */
  readonly files?: Readonly<Record<string, string>>;
}
const PAGES: Readonly<Record<string, () => Made>> = {
  store: () => ({
    body: '',
    scripts: [
      `import type {} from 'crm-chat-elements';
const query = new URLSearchParams(location.hash.slice(1));
Object.assign(globalThis, { fetchToken: async () => query.get('token'), ready: query.get('conversation') });`,
      filledIn(
        filledIn(STORE, 'https://chat.example', ''),
        "'conversation-1'",
        '(globalThis as { ready?: string }).ready!',
      ),
    ],
  }),
  arabic: () => ({ body: ARABIC, scripts: [DESK] }),
  polish: () => ({
    body: '<crm-chat locale="pl"></crm-chat><crm-chat locale="en"></crm-chat>',
    scripts: [POLISH, DESK],
    files: { 'my-polish.js': "export const strings = { Search: 'Szukaj' };" },
  }),
  look: () => ({ css: LOOK, body: '<main><crm-chat></crm-chat></main>', scripts: [DESK] }),
  hosts: () => ({
    css: HOST_LOOKS,
    body: `${HOST_TAGS}<div class="warm"><crm-chat></crm-chat></div><div class="yellow"><crm-chat></crm-chat></div>`,
    scripts: [DESK],
  }),
  parts: () => ({ css: PARTS, body: `<crm-chat></crm-chat><section>${PANELS}</section>`, scripts: [DESK] }),
  slots: () => ({ body: SLOTS, scripts: [DESK] }),
  renderers: () => ({ body: '<crm-chat-messages></crm-chat-messages>', scripts: [DESK, RENDERERS] }),
};
const TRANSPORT_PAGE: Made = {
  body: '<crm-chat agent-id="me"></crm-chat>',
  scripts: ["import 'crm-chat-elements';", TRANSPORT],
};

/** Address in the site → file. */
const built = new Map<string, { type: string; body: string }>();

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const hosts = await installForHosts();
  const folder = join(hosts, 'snippets');
  const made = {
    ...Object.fromEntries(Object.entries(PAGES).map(([name, make]) => [name, make()])),
    transport: TRANSPORT_PAGE,
  };
  for (const [name, { css = '', body, scripts, files = {} }] of Object.entries(made)) {
    mkdirSync(join(folder, name), { recursive: true });
    const put = (file: string, text: string) => writeFileSync(join(folder, name, file), text);
    scripts.forEach((code, at) => put(`script-${at}.ts`, code));
    put('main.ts', scripts.map((_, at) => `import './script-${at}.ts';`).join('\n'));
    put('page.css', `body { margin: 0 } section, crm-chat { display: block; height: 700px }\n${css}`);
    for (const [file, text] of Object.entries(files)) put(file, text);
    put(
      'index.html',
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="./page.css"><script type="module" src="./main.ts"></script></head><body>${body}</body></html>`,
    );
  }
  cpSync(join(hosts, 'examples/bring-your-own-backend/http-transport.js'), join(folder, 'transport/http-transport.js'));
  const output = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    base: '/snippets/',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: Object.keys(made).map((name) => join(folder, name, 'index.html')) },
    },
  });
  const types: Record<string, string> = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript' };
  for (const file of (output as Extract<Awaited<ReturnType<typeof build>>, { output: unknown }>).output)
    built.set(`/snippets/${file.fileName}`, {
      type: types[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      body: String(file.type === 'chunk' ? file.code : file.source),
    });
});

let site: HostSite;
test.beforeEach(async ({ server }) => {
  site = await siteBefore(server.url);
});
test.afterEach(async ({ page }) => {
  // Sockets of a page that is still there would keep the site open.
  await page.close();
  await site.close();
});

async function siteBefore(server: string): Promise<HostSite> {
  const made = await HostSite.open(server);
  for (const [path, file] of built) made.put(path, file);
  return made;
}

const visit = async (page: Page, name: string) => {
  await page.goto(`${site.url}/snippets/${name}/index.html`);
  await page.waitForFunction(() => window.stores.every((store) => store.$inbox.get().ids.length > 0));
};
/** Opens one in every inbox of the page. */
const openEverywhere = (page: Page, id: string) =>
  page.evaluate((one) => {
    for (const store of window.stores) store.setActiveConversation(one);
  }, id);
/** A computed style of something inside an element. */
const styleOf = (page: Page, tag: string, part: string, property: string) =>
  page
    .locator(part ? `${tag} >> ${part} >> nth=0` : tag)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

test('every snippet that can run is run here', () => {
  const runs = snippets.filter(
    ({ page, language, code }) =>
      // The shapes in the protocol are compared with the contract's, npm's commands are what starts this.
      ['html', 'css', 'js', 'ts', 'tsx', 'jsx', 'sh'].includes(language) &&
      page !== 'docs/protocol.md' &&
      !/^npm (ci|run|test|start|i)\b/.test(code),
  );
  expect(runs.filter((one) => !taken.has(one)).map(({ page, code }) => `${page}: ${code.slice(0, 60)}`)).toEqual([]);
});

test('README: a token for whoever asks the demo', ({ server }) => {
  test.skip(process.platform === 'win32', 'quotes are for a shell');
  const said = execFileSync('sh', ['-c', filledIn(SIGN_IN, 'http://localhost:3001', server.url)], { encoding: 'utf8' });
  expect(JSON.parse(said)).toHaveProperty('token', expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/));
});

test('README: a transport of one’s own in two lines', async ({ page }) => {
  const example = await startExample('examples/bring-your-own-backend/server.mjs', await installForHosts());
  await site.close();
  site = await siteBefore(new URL(example.url).origin);
  await page.goto(`${site.url}/snippets/transport/index.html`);
  const inbox = new InboxPage(page);
  await inbox.open(/Ada/);
  await inbox.say('By fetch, as the README has it');
  await expect(inbox.message('By fetch, as the README has it')).toContainText('Sent');
  await page.close();
  example.end();
});

test('README: the store alone', async ({ page, person, server }) => {
  const answer = await fetch(`${server.url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId: 'marta' }),
  });
  const { token } = (await answer.json()) as { token: string };
  const colleague = new InboxPage(await person());
  await colleague.page.goto('/chat?agent=marta');
  await colleague.open(/Camila Ferreira/);
  await expect(colleague.page).toHaveURL(/\/chat\/./);
  const id = decodeURIComponent(new URL(colleague.page.url()).pathname.split('/').at(-1) ?? '');

  const said: string[] = [];
  page.on('console', (message) => void said.push(message.text()));
  await page.goto(`${site.url}/snippets/store/index.html#${new URLSearchParams({ token, conversation: id })}`);
  await expect(colleague.message('Hello').last()).toContainText(/Sent|Delivered|Read/);
  await expect.poll(() => said.some((text) => /^[1-9]\d* conversations$/.test(text))).toBe(true);
});

test('languages: another language and direction', async ({ page }) => {
  await visit(page, 'arabic');
  await expect(page.getByRole('listbox', { name: 'المحادثات' })).toBeVisible();
  expect(await styleOf(page, 'crm-chat', '', 'direction')).toBe('rtl');
});

test('languages: one that is added, single texts that are replaced', async ({ page }) => {
  await visit(page, 'polish');
  const [polish, english] = [page.locator('crm-chat').nth(0), page.locator('crm-chat').nth(1)];
  await expect(polish.getByPlaceholder('Szukaj')).toBeVisible();
  await expect(english.getByPlaceholder('Search')).toBeVisible();
  await openEverywhere(page, 'ana');
  await expect(english.getByRole('button', { name: 'Make a customer' })).toBeVisible();
  // A list that is pointed at holds its news back, and counts them in the language's own forms.
  await polish.getByRole('option').first().hover();
  for (const [at, words] of ['1 nowa', '2 nowe', '3 nowe', '4 nowe', '5 nowych'].entries()) {
    await page.evaluate((name) => {
      const { id } = window.desk.addConversation({ prospectId: window.desk.addContact({ name }).id });
      window.desk.customerSays(id, 'Dzień dobry');
    }, `Nowa ${at}`);
    await expect(polish.getByRole('button', { name: words })).toBeVisible();
  }
});

test('theming: a look by five properties', async ({ page }) => {
  await visit(page, 'look');
  expect(await styleOf(page, 'crm-chat', '', 'font-family')).toMatch(/^Georgia/);
  expect(await styleOf(page, 'crm-chat', '', 'background-color')).toBe('rgb(253, 250, 244)');
  expect(await styleOf(page, 'crm-chat', '', 'color')).toBe('rgb(42, 36, 28)');
});

test('theming: four hosts', async ({ page }) => {
  await visit(page, 'hosts');
  const looks: [host: string, property: string, value: string | RegExp][] = [
    ['.monochrome', 'background-color', 'rgb(255, 255, 255)'],
    ['.violet', 'background-color', 'rgb(20, 18, 28)'],
    ['.violet', 'color', 'rgb(233, 230, 242)'],
    ['.warm', 'background-color', 'rgb(253, 250, 244)'],
    ['.warm', 'font-family', /^"?Noto Serif/],
    ['.yellow', 'font-family', /^"?Noto Sans/],
  ];
  for (const [host, property, value] of looks)
    expect
      .soft(await styleOf(page, `${host} crm-chat`, '', property), `${host} ${property}`)
      [typeof value === 'string' ? 'toBe' : 'toMatch'](value as string);
  const corners = (host: string) => styleOf(page, `${host} crm-chat`, '[part=search]', 'border-top-left-radius');
  expect([await corners('.warm'), await corners('.violet')]).toEqual(['3px', '12px']);
  // Dense rows are lower.
  const height = async (host: string) =>
    (await page.locator(`${host} crm-chat`).getByRole('option').first().boundingBox())?.height ?? 0;
  expect(await height('.monochrome')).toBeLessThan(await height('.yellow'));
});

test('theming: parts', async ({ page }) => {
  await visit(page, 'parts');
  await openEverywhere(page, 'ana');
  await expect(page.locator('section [part~=bubble]').first()).toBeVisible();
  expect(await styleOf(page, 'crm-chat', '[part~=contact]', 'border-inline-start-width')).toBe('2px');
  expect(await styleOf(page, 'section crm-chat-messages', '[part~=bubble]', 'border-top-left-radius')).toBe('2px');
  expect(await styleOf(page, 'section crm-conversation-list', '[part~=header]', 'padding-block-start')).toBe('12px');
  // What stands inside <crm-chat> is out of reach from there, as the text says.
  expect(await styleOf(page, 'crm-chat', 'crm-chat-messages [part~=bubble]', 'border-top-left-radius')).not.toBe('2px');
});

test('theming: slots', async ({ page }) => {
  await visit(page, 'slots');
  await expect(page.getByText('Choose somebody on the left.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Call' })).toBeHidden();
  await openEverywhere(page, 'ana');
  await expect(page.getByRole('button', { name: 'Call' })).toBeVisible();
  await expect(page.getByText('Choose somebody on the left.')).toBeHidden();
});

test('theming: renderers', async ({ page }) => {
  await visit(page, 'renderers');
  await page.evaluate(() => window.desk.addMessage('ana', { messageType: 'order', content: 'Order 12' }));
  await openEverywhere(page, 'ana');
  await expect(page.locator('my-order')).toHaveText('Order 12');
});

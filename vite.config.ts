/**
 * One file, three uses, told apart by Vite's mode:
 * - `modules`: dist/*.js for npm users; every package we depend on stays an import, so that a host has one copy of Lit.
 * - `bundle`: dist/crm-chat.bundle.js for a plain `<script type="module">`; everything inside, Socket.IO as a lazy chunk.
 * - `classic`: dist/crm-chat.classic.js for a plain `<script>`, where modules cannot be: one file, lazy parts inside it.
 * - anything else (Storybook, `npm run dev`): no build options at all.
 */
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { shorterTemplates } from './scripts/shorter-templates.mjs';

/** Public entry name → its source. package.json `exports` names the same ones. */
export const ENTRIES: Readonly<Record<string, string>> = {
  index: 'src/index.ts',
  chat: 'src/chat.ts',
  'chat-provider': 'src/chat-provider.ts',
  'conversation-list': 'src/conversation-list.ts',
  'chat-messages': 'src/chat-messages.ts',
  'client-panel': 'src/client-panel.ts',
  store: 'src/store/index.ts',
  contract: 'src/contract/index.ts',
  'transport/socket-io': 'src/transport/socket-io.ts',
  testing: 'src/testing/index.ts',
  locales: 'src/locales/index.ts',
  ...Object.fromEntries(
    ['ar', 'de', 'es', 'fr', 'ja', 'pt-br'].map((tag) => [`locales/${tag}`, `src/locales/${tag}.ts`]),
  ),
  conformance: 'src/conformance.ts',
};

/**
 * Packages stay imports. Two go inside: the compiler's own runtime (decorators) is not a package to our users, and
 * @lit/localize can be set up only once by whoever has it: a host that localizes its own page with it needs a copy for itself.
 */
const isPackage = (id: string) => !/^[./\0]|^[a-z]:|^@oxc-project\/|^@lit\/localize/i.test(id);

/** A package that works here only because it is a devDependency would be missing at the integrator's: stop the build. */
function onlyDeclaredDependencies(): Plugin {
  const manifest = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return {
    name: 'only-declared-dependencies',
    generateBundle(_options, output) {
      for (const chunk of Object.values(output)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of [...chunk.imports, ...chunk.dynamicImports].filter((name) => !(name in output))) {
          const name = id.split('/', id.startsWith('@') ? 2 : 1).join('/');
          if (!(name in manifest.dependencies)) {
            this.error(`${chunk.fileName} imports "${id}", and "${name}" is not in package.json's dependencies`);
          }
        }
      }
    },
  };
}

/** Vite wraps each lazy import in 1.2 kB that fetch style sheets first. We have none: just import. */
const plainLazyImports: Plugin = {
  name: 'plain-lazy-imports',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined),
};

/** How long a build takes on a busy machine is no news for who only wants to start it. */
const checks = { bundlerTimings: false };

const modules: UserConfig = {
  plugins: [shorterTemplates(), onlyDeclaredDependencies()],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: true,
    minify: false,
    lib: { entry: { ...ENTRIES }, formats: ['es'] },
    rolldownOptions: {
      checks,
      external: isPackage,
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};

const bundle: UserConfig = {
  plugins: [plainLazyImports, shorterTemplates()],
  // Relative addresses, so that the file and its chunks may lie in any folder of any server.
  base: './',
  // nanostores asks for it, and a browser has no `process`.
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: true,
    minify: true,
    modulePreload: false,
    // Not Vite's `lib`: that one leaves the white space of ES modules in.
    rolldownOptions: {
      checks,
      input: { 'crm-chat.bundle': 'src/bundle.ts' },
      // The file only leads to the first paint's chunk: pages load it under any address (`?v=2` against caches), and the lazy
      // parts must find the same code as it does, not a second copy. One chunk, instead of a dozen of small ones.
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/bundle-[name]-[hash].js',
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
      },
    },
  },
};

/** A page opened from `file:` may not load modules at all, so nothing is left to load: lazy parts only wait to be run. */
const classic: UserConfig = {
  ...bundle,
  build: {
    ...bundle.build,
    // All in one file by intention; `npm run sizes` watches what pages load.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      checks,
      input: { 'crm-chat.classic': 'src/classic.ts' },
      // Vite's helper for lazy imports names it and never uses it here.
      transform: { define: { 'import.meta': '{}' } },
      output: { format: 'iife', entryFileNames: '[name].js', codeSplitting: false },
    },
  },
};

const builds: Readonly<Record<string, UserConfig>> = { modules, bundle, classic };

export default defineConfig(({ mode }) => builds[mode] ?? {});

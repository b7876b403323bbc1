// One configuration for all hosts. `npm run build && npx vite examples --config examples/vite.config.ts` serves them at
// http://localhost:5174/react/ and so on, with the demo server (`npm start`) behind them.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
export const HOSTS = ['plain', 'react', 'preact', 'solid', 'vue', 'svelte', 'angular'];

const server = process.env.CRM_SERVER ?? 'http://localhost:3001';
const proxy = {
  '/api': server,
  '/demo-media': server,
  '/files': server,
  '/uploads': server,
  '/socket.io': { target: server, ws: true },
};

export default defineConfig({
  root: here('.'),
  plugins: [
    // Custom elements are not Vue's to make.
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('crm-') } } }),
    svelte(),
    solid({ include: /solid\/.*\.tsx$/ }),
  ],
  server: { port: 5174, proxy },
  preview: { proxy },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: HOSTS.map((host) => here(`./${host}/index.html`)) },
  },
});

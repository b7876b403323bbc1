/** What dist/crm-chat.bundle.js holds: everything of the package in one file for a plain `<script type="module">`. */
export * from './index.js';

import type { StorybookConfig } from '@storybook/web-components-vite';

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../stories/**/*.stories.ts', '../stories/**/*.mdx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  // Our stories are nobody's business but ours and the reader's.
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
};

export default config;

import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import { html } from 'lit';
import manifest from '../custom-elements.json';

setCustomElementsManifest(manifest);

const choice = (title: string, items: readonly string[]) => ({
  toolbar: { title, dynamicTitle: true, items: items.map((value) => ({ value, title: `${title}: ${value}` })) },
});

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    // A story that axe complains about is a broken story.
    // A row of the list is heard as a sentence, not as the shorthand that is seen (an experimental rule of axe).
    a11y: { test: 'error', config: { rules: [{ id: 'label-content-name-mismatch', enabled: false }] } },
    controls: { expanded: true },
  },
  // The looks in which every story can be seen, and in which `npm test` looks at each of them.
  globalTypes: {
    scheme: choice('Scheme', ['light', 'dark']),
    density: choice('Density', ['comfortable', 'compact']),
    direction: choice('Direction', ['ltr', 'rtl']),
    width: choice('Width', ['full', 'narrow']),
  },
  initialGlobals: { scheme: 'light', density: 'comfortable', direction: 'ltr', width: 'full' },
  decorators: [
    (story, { globals }) => {
      const dark = globals.scheme === 'dark';
      const look = [
        `--crm-color-scheme: ${dark ? 'dark' : 'light'}`,
        `--crm-density: ${globals.density === 'compact' ? 0 : 1}`,
        `background: ${dark ? '#17191d' : '#ffffff'}`,
        `inline-size: ${globals.width === 'narrow' ? 'min(390px, 100%)' : '100%'}`,
      ];
      return html`<div dir=${String(globals.direction)} style=${look.join('; ')}>${story()}</div>`;
    },
  ],
};

export default preview;

import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json';

setCustomElementsManifest(manifest);

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    // A story that axe complains about is a broken story.
    // A row of the list is heard as a sentence, not as the shorthand that is seen (an experimental rule of axe).
    a11y: { test: 'error', config: { rules: [{ id: 'label-content-name-mismatch', enabled: false }] } },
    controls: { expanded: true },
  },
};

export default preview;

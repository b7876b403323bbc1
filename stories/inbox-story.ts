/** What the stories share: a box of the right size, and the controls that every element has. */
import type { ArgTypes } from '@storybook/web-components-vite';

export interface LookArgs {
  theme?: 'light' | 'dark';
  density?: 'comfortable' | 'compact';
  /** Width of the box it sits in, in pixels; the toolbar's narrow look makes it smaller. */
  width?: number;
}

/** Controls of `theme` and `density`: the manifest only knows them as a union. */
export const lookControls: Partial<ArgTypes<LookArgs>> = {
  theme: { control: 'inline-radio', options: ['light', 'dark'] },
  density: { control: 'inline-radio', options: ['comfortable', 'compact'] },
  width: { control: 'number' },
};

/** The box, as a style attribute: stories are a host's page, where those are allowed. */
export const box = (width: number | undefined): string =>
  `display: block; block-size: 900px; inline-size: ${width ? `min(${width}px, 100%)` : '100%'}`;

/** The steps of a run, made of its seed alone: a run with some of them left out is still a run, so failures can shrink. */
import { Chance } from './chance.js';

/** Numbers are chosen without knowing how the run will stand; each is taken modulo what there is. */
export interface Step {
  /** Milliseconds until the next step. */
  wait: number;
  do: Deed;
  a: number;
  b: number;
  c: number;
}

/** What can happen, and how often of a thousand. */
export const DEEDS = {
  write: 300,
  'customer writes': 150,
  open: 100,
  read: 80,
  report: 90,
  retry: 20,
  assign: 15,
  cut: 50,
  silence: 25,
  unplug: 15,
  weather: 50,
  wake: 15,
  'server dies': 12,
  'server dies at a write': 20,
  'other epoch': 2,
  'tab dies': 14,
  'tab dies at a write': 16,
  'new tab': 30,
  'clock jumps': 8,
  'disk full': 4,
  'wait long': 9,
} as const;
export type Deed = keyof typeof DEEDS;

const NAMES = Object.keys(DEEDS) as Deed[];
const TOTAL = NAMES.reduce((sum, name) => sum + DEEDS[name], 0);

export function makePlan(seed: number, steps: number): Step[] {
  const chance = new Chance(seed);
  return Array.from({ length: steps }, () => {
    let left = chance.below(TOTAL);
    let deed = NAMES.find((name) => (left -= DEEDS[name]) < 0)!;
    deed ??= 'write';
    return {
      wait: chance.happens(0.2) ? 0 : chance.happens(0.1) ? chance.below(9000) : chance.below(400),
      do: deed,
      a: chance.below(2 ** 30),
      b: chance.below(2 ** 30),
      c: chance.below(2 ** 30),
    };
  });
}

/**
 * A lock file written on one system can miss the platform packages of the others: some registries do not list them, npm
 * leaves them out without a word, and then `npm ci` refuses the file on every other machine. This finds such gaps.
 */
import { readFileSync } from 'node:fs';
import { inRoot } from './project.mjs';

const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
const places = Object.keys(packages);
const missing = places.flatMap((place) =>
  Object.keys(packages[place].optionalDependencies ?? {})
    .filter((name) => !places.some((other) => other.endsWith(`node_modules/${name}`)))
    .map((name) => `${place}@${packages[place].version} lacks ${name}`),
);
const foreign = places.filter((place) => {
  const { resolved } = packages[place];
  return resolved?.startsWith('http') && !resolved.startsWith('https://registry.npmjs.org/');
});

for (const gap of missing) console.error(gap);
for (const place of foreign) console.error(`${place} is resolved from a private place: ${packages[place].resolved}`);
const faults = missing.length + foreign.length;
console.log(`lock-check: ${places.length} packages, ${faults} faults`);
process.exit(faults > 0 ? 1 : 0);

/**
 * `npm run verify`: the one command that means "good". Cheap checks first, the tests last; it stops at the first step that
 * fails and names it. The last line is the tests' plain line `N passed, N failed`.
 */
import { inRoot, program, run } from './project.mjs';

const script = (name, ...args) => [inRoot('scripts', `${name}.mjs`), ...args];
const tsc = (project) => [program('typescript', 'bin/tsc'), '--noEmit', '-p', inRoot(project)];

const steps = [
  ['lock-check', script('lock-check')],
  ['format:check', [program('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['arrows', script('arrows')],
  ['locales', script('locales')],
  ['types', tsc('tsconfig.json'), tsc('server/tsconfig.json'), tsc('e2e/tsconfig.json'), tsc('proof/tsconfig.json')],
  ['lint', [program('eslint', 'bin/eslint.js'), '.']],
  ['manifest:check', script('manifest', '--check')],
  ['readme', script('readme', '--check')],
  ['build', script('build', '--quiet')],
  ['sizes', script('sizes')],
  ['publint', [program('publint', 'src/cli.js'), '--strict']],
  ['attw', [program('@arethetypeswrong/cli', 'dist/index.js'), '--pack', '.', '--profile', 'esm-only', '--quiet']],
  ['find-browser', script('find-browser')],
  ['test', script('test')],
];

const started = performance.now();
for (const [name, ...commands] of steps) {
  if (name !== 'test') console.log(`\n▸ ${name}`);
  const begun = performance.now();
  for (const command of commands) {
    const code = await run(command);
    if (code === 0) continue;
    // The tests have said what is wrong, and their plain line must stay the last one.
    if (name !== 'test') console.error(`\nverify stopped at: ${name}`);
    process.exit(1);
  }
  if (name !== 'test') console.log(`  ${name}: good, ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  if (name === 'find-browser') {
    console.log(`\nAll checks before the tests: good, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
}

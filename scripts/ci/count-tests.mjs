// Adds up Jest's result files: node count-tests.mjs FILE… prints "<passed> <failed>".
// A file that is missing or unreadable counts as one failure, and so does a test file that could not run, a run whose
// teardown failed (sessions left open) and, with --require=TEXT, a run in which no test below a describe that contains
// TEXT passed: a part that was skipped must not look green.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
let required;
const files = [];
for (const argument of process.argv.slice(2)) {
  if (argument.startsWith('--require=')) required = argument.slice('--require='.length);
  else files.push(argument);
}

let requiredPassed = 0;
for (const file of files) {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    passed += results.numPassedTests;
    failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    if (!results.success && results.numFailedTests + results.numRuntimeErrorTestSuites === 0) failed += 1;
    for (const suite of results.testResults) {
      for (const test of suite.assertionResults) {
        const inside = required !== undefined && test.ancestorTitles.some((title) => title.includes(required));
        if (inside && test.status === 'passed') requiredPassed += 1;
      }
    }
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    failed += 1;
  }
}
if (required !== undefined && requiredPassed === 0) {
  console.error(`No test below "${required}" passed: it was skipped.`);
  failed += 1;
}
console.log(`${passed} ${failed}`);

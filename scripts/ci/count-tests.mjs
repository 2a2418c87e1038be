// Adds up Jest's result files: node count-tests.mjs FILE… prints "<passed> <failed>".
// A file that is missing or unreadable counts as one failure, and so does a test file that could not run, a run whose
// teardown failed (sessions left open) and, for each --require=TEXT, a run in which no test below a describe that contains
// TEXT passed: a part that was skipped must not look green.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
const required = new Map();
const files = [];
for (const argument of process.argv.slice(2)) {
  if (argument.startsWith('--require=')) required.set(argument.slice('--require='.length), 0);
  else files.push(argument);
}

for (const file of files) {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    passed += results.numPassedTests;
    failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    if (!results.success && results.numFailedTests + results.numRuntimeErrorTestSuites === 0) failed += 1;
    for (const suite of results.testResults) {
      for (const test of suite.assertionResults) {
        if (test.status !== 'passed') continue;
        for (const [text, count] of required) {
          if (test.ancestorTitles.some((title) => title.includes(text))) required.set(text, count + 1);
        }
      }
    }
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    failed += 1;
  }
}
for (const [text, count] of required) {
  if (count > 0) continue;
  console.error(`No test below "${text}" passed: it was skipped.`);
  failed += 1;
}
console.log(`${passed} ${failed}`);

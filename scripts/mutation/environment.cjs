// Jest's environment of Node while mutants are tried: once one test has noticed a mutant, the others are passed over. Jest
// itself goes on to the end ("bail" is about files, and only of its command line), which is most of the time.
const { TestEnvironment } = require('jest-environment-node');

/** The mutant that was noticed last; Stryker tries one after the other in a process. */
let noticed;

module.exports = class extends TestEnvironment {
  handleTestEvent(event) {
    // None while the tests are first run as they are.
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (mutant === undefined) return;
    if (event.name === 'test_start' && mutant === noticed) event.test.mode = 'skip';
    if (event.name === 'test_done' && event.test.errors.length > 0) noticed = mutant;
  }
};

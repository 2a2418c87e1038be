// The order of files of tests while mutants are tried: those that draw hundreds of cases last, since an example that
// notices the mutant spares them.
const { statSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

const SLOW = /(properties|fuzz|differential|round-trip|memory|threads|streaming|limits)\.spec\.ts$/;

module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => [SLOW.test(path) ? 1 : 0, statSync(path).size];
    return [...tests].sort((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      return x[0] - y[0] || x[1] - y[1];
    });
  }
};

// Stands for fast-check while mutants are tried: the same cases in every run, and no search for a smaller case once one has
// failed, which is most of the time a property takes on a mutant and says nothing more about it.
const fc = require('../../node_modules/fast-check');

fc.configureGlobal({ seed: 1, endOnFailure: true });
module.exports = fc;

module.exports = require('../../scripts/eslint/packageRules.cjs')(__dirname);

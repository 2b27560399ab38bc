"use strict";
// The host's own modules, also in a bundle that is an ECMAScript module and has no require().
const getBuiltin = process.getBuiltinModule ?? require;

module.exports = { getBuiltin };

"use strict";
// Options as properties, and by number as getInt32Option(number) and the like.
const { kinds } = require("./values.js");
const { checkCount } = require("./arguments.js");

function checkNumber(number) {
  if (typeof number !== "number") {
    throw new TypeError("Identifier must be a number");
  }
}

const hidden = (value) => ({ value, writable: true, configurable: true });

/**
 * Defines the methods that read and set options of the given kinds.
 * read(object, number) and write(object, number, value) have the module's own values.
 */
function defineMethods(prototype, names, read, write) {
  for (const name of names) {
    const { check, get } = kinds[name];
    const methods = {
      [`get${name}Option`](number) {
        checkNumber(number);
        checkCount(arguments, 1);
        return get(read(this, number));
      },
      [`set${name}Option`](number, value) {
        checkNumber(number);
        checkCount(arguments, 2);
        write(this, number, check(value));
      },
    };
    for (const [method, value] of Object.entries(methods)) {
      Object.defineProperty(prototype, method, hidden(value));
    }
  }
}

/** Options whose values have names: the index in names is libzmq's value. */
function withNames(names, { get, set }) {
  return {
    get: get && function named() {
      return names[get.call(this)];
    },
    set: set && function setNamed(name) {
      const value = names.indexOf(name);
      if (value < 0) {
        throw new TypeError(`Option value must be ${names.map((each) => JSON.stringify(each)).join(", ")}`);
      }
      set.call(this, value);
    },
  };
}

/**
 * Defines an option as a property. access has "r" and "w": one that cannot be read is undefined,
 * and one that cannot be set throws, also in code that is not strict. className is the class in the
 * error.
 */
function defineOption(prototype, className, { name, number, kind, access = "rw", names }) {
  const getter = `get${kind}Option`, setter = `set${kind}Option`;
  let accessors = {
    get: access.includes("r") ? { [name]() { return this[getter](number); } }[name] : undefined,
    set: access.includes("w") ? { [name](value) { this[setter](number, value); } }[name] : undefined,
  };
  if (names !== undefined) {
    accessors = withNames(names, accessors);
  }
  accessors.set ??= () => {
    throw new TypeError(`Cannot set property ${name} of #<${className}> which has only a getter`);
  };
  Object.defineProperty(prototype, name, { ...accessors, configurable: true });
}

module.exports = { defineMethods, defineOption, hidden };

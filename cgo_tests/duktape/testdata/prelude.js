// Gives scripts a require() for "zmq" and for files, and those additions of newer editions to the
// standard library that scripts of the suite use.
function (script, natives) {
  var modules = {};

  function load(path) {
    if (!modules[path]) {
      modules[path] = {};
      natives.compile(path, "function (exports, require) {", "\n}")(modules[path], function (name) {
        return name === "zmq" ? natives.zmq() : load(resolve(path, name));
      });
    }
    return modules[path];
  }

  function resolve(from, name) {
    var parts = from.split("/").slice(0, -1);
    name.split("/").forEach(function (part) {
      if (part === "..") {
        parts.pop();
      } else if (part !== ".") {
        parts.push(part);
      }
    });
    return parts.join("/");
  }

  function add(object, name, value) {
    if (!(name in object)) {
      Object.defineProperty(object, name, { value: value, writable: true, configurable: true });
    }
  }

  function Set(elements) {
    this.elements = [];
    this.size = 0;
    (elements || []).forEach(this.add, this);
  }

  Set.prototype.has = function (element) {
    return this.elements.indexOf(element) >= 0;
  };

  Set.prototype.add = function (element) {
    if (!this.has(element)) {
      this.size = this.elements.push(element);
    }
    return this;
  };

  function Map(entries) {
    this.keys = [];
    this.values = [];
    (entries || []).forEach(function (entry) {
      this.set(entry[0], entry[1]);
    }, this);
  }

  Map.prototype.get = function (key) {
    return this.values[this.keys.indexOf(key)];
  };

  Map.prototype.set = function (key, value) {
    var index = this.keys.indexOf(key);
    this.values[index < 0 ? this.keys.push(key) - 1 : index] = value;
    return this;
  };

  add(this, "print", natives.print);
  add(Symbol, "dispose", Symbol("Symbol.dispose"));
  add(this, "Map", Map);
  add(this, "Set", Set);
  add(Object, "entries", function (object) {
    return Object.keys(object).map(function (key) {
      return [key, object[key]];
    });
  });
  add(Array, "from", function (source, convert) {
    var result = new this();
    for (var i = 0; i < source.length; i++) {
      result.push(convert ? convert(source[i], i) : source[i]);
    }
    return result;
  });
  var typedArray = Object.getPrototypeOf(Uint8Array.prototype);
  add(typedArray, "every", Array.prototype.every);
  add(typedArray, "join", Array.prototype.join);
  add(typedArray, "fill", function (value) {
    for (var i = 0; i < this.length; i++) {
      this[i] = value;
    }
    return this;
  });

  // The function that lower.js puts in place of super(...).
  add(this, "constructSuper", function (instance, base, parameters) {
    return Object.setPrototypeOf(Reflect.construct(base, parameters), Object.getPrototypeOf(instance));
  });

  load(script);
}

package gojavm

import (
	_ "embed"
	"maps"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

//go:embed builtins.js
var builtinsSource string

//go:embed latebuiltins.js
var lateBuiltinsSource string

//go:embed iteratorhelpers.js
var iteratorHelpersSource string

var builtinsProgram = setupProgram(bundleName, &builtinsSource)

// A lateSource is a file of built-in functions. It runs at the first call of one of them.
type lateSource struct {
	program func() (*goja.Program, error)
}

var (
	lateBuiltins    = &lateSource{setupProgram(bundleName, &lateBuiltinsSource)}
	iteratorHelpers = &lateSource{setupProgram(bundleName, &iteratorHelpersSource)}
)

// realm holds objects and functions of the VM's realm for use in Go.
type realm struct {
	parts goja.Value                   // the argument of the late sources
	late  map[*lateSource]*goja.Object // the results of the late sources that have run

	get, setOwn, remove, keys, isArray, primitive goja.Callable
}

// lateFunctions lists the functions of the late sources, with their lengths.
var lateFunctions = map[*lateSource]map[string]map[string]int{lateBuiltins: {
	"Object.prototype": {"__defineGetter__": 2, "__defineSetter__": 2, "__lookupGetter__": 1, "__lookupSetter__": 1},
	"Object":           {"groupBy": 2},
	"Map":              {"groupBy": 2},
	"String.prototype": {
		"anchor": 1, "big": 0, "blink": 0, "bold": 0, "fixed": 0, "fontcolor": 1, "fontsize": 1, "italics": 0, "link": 1, "small": 0,
		"strike": 0, "sub": 0, "sup": 0, "isWellFormed": 0, "toWellFormed": 0,
	},
	"Date.prototype": {"getYear": 0, "setYear": 1},
	"Promise":        {"withResolvers": 0},
	"Atomics": {
		"add": 3, "and": 3, "compareExchange": 4, "exchange": 3, "isLockFree": 1, "load": 2, "notify": 3, "or": 3, "store": 3, "sub": 3,
		"wait": 4, "xor": 3,
	},
}, iteratorHelpers: {
	"Iterator": {"from": 1},
	"Iterator.prototype": {
		"drop": 1, "every": 1, "filter": 1, "find": 1, "flatMap": 1, "forEach": 1, "map": 1, "reduce": 1, "some": 1, "take": 1, "toArray": 0,
	},
}}

// initBuiltins adds the built-in objects and functions that goja lacks, and
// replaces those that could end the process by ones that throw errors.
func (vm *VM) initBuiltins() error {
	natives := vm.rt.NewObject()
	vm.define(natives, "checkPower", vm.newFunc("", 2, vm.checkPower))
	vm.define(natives, "extraFlags", vm.newFunc("", 1, vm.extraFlags))
	vm.define(natives, "isDetached", vm.newFunc("", 1, vm.isDetached))
	vm.define(natives, "makeAsyncGenerator", vm.newFunc("", 1, vm.makeAsyncGenerator))
	vm.define(natives, "isAsyncGenerator", vm.newFunc("", 1, vm.isAsyncGeneratorObject))
	vm.define(natives, "compileAsyncGenerator", vm.newFunc("", 1, vm.compileAsyncGenerator))
	vm.define(natives, "asNative", vm.newFunc("", 1, asNative))
	result, err := vm.setUp(builtinsProgram, natives)
	if err != nil {
		return err
	}
	made := result.(*goja.Object)
	function := func(name string) goja.Callable { return vm.function(made.Get(name)) }
	vm.realm = realm{
		parts: made.Get("realm"),
		get:   function("get"), setOwn: function("setOwn"), remove: function("remove"), keys: function("keys"),
		isArray: function("isArray"), primitive: function("primitive"),
	}
	vm.classes.internalError = vm.rt.Get("InternalError").ToObject(vm.rt)
	vm.initPrimitive()
	vm.initJSON()
	vm.initRegExp()
	vm.limitSizes()
	vm.initSharedMemory()
	vm.addLateFunctions()
	vm.limitNesting()
	vm.initGuard(made.Get("power"))
	return nil
}

// addLateFunctions adds the lateFunctions that goja lacks.
func (vm *VM) addLateFunctions() {
	vm.realm.late = map[*lateSource]*goja.Object{}
	for source, objects := range lateFunctions {
		for path, functions := range objects {
			object := vm.global(strings.Split(path, ".")...)
			for _, name := range slices.Sorted(maps.Keys(functions)) {
				if object.Get(name) != nil {
					continue
				}
				var f goja.Callable
				vm.define(object, name, vm.newFunc(name, functions[name], func(call goja.FunctionCall) goja.Value {
					if f == nil {
						f = vm.lateFunction(source, "methods", path, name)
					}
					return vm.callValue(f, call.This, call.Arguments...)
				}))
			}
		}
	}
}

// lateFunction returns the function at a path in the result of a late source, nil if there is none.
func (vm *VM) lateFunction(source *lateSource, path ...string) goja.Callable {
	f, _ := goja.AssertFunction(vm.lateValue(source, path...))
	return f
}

// lateValue returns the value at a path in the result of a late source.
func (vm *VM) lateValue(source *lateSource, path ...string) goja.Value {
	object := vm.realm.late[source]
	if object == nil {
		made, err := vm.setUp(source.program, vm.realm.parts)
		rethrow(err)
		object = made.(*goja.Object)
		vm.realm.late[source] = object
	}
	for _, name := range path[:len(path)-1] {
		object = object.Get(name).(*goja.Object)
	}
	return object.Get(path[len(path)-1])
}

// asNative makes toString show a function as "[native code]", and returns the function.
func asNative(call goja.FunctionCall) goja.Value {
	f := call.Argument(0).(*goja.Object)
	name, _ := f.Get("name").(goja.String)
	internal(f, "self", "src").SetString("function " + name.String() + "() { [native code] }")
	return f
}

// extraFlags returns the flags of a RegExp that goja does not support, or null if the argument is not a RegExp.
func (vm *VM) extraFlags(call goja.FunctionCall) goja.Value {
	if _, ok := patternOf(call.Argument(0)); !ok {
		return goja.Null()
	}
	if flags := call.Argument(0).(*goja.Object).GetSymbol(regexpFlags); !isNullish(flags) {
		return flags
	}
	return vm.rt.ToValue("")
}

package gojavm

import (
	_ "embed"
	"strings"

	"github.com/dop251/goja"
)

//go:embed builtins.js
var builtinsSource string

//go:embed latebuiltins.js
var lateBuiltinsSource string

var (
	builtinsProgram     = setupProgram(bundleName, &builtinsSource)
	lateBuiltinsProgram = setupProgram(bundleName, &lateBuiltinsSource)
)

// realm is what the Go side has of the VM's realm.
type realm struct {
	// parts are what lateBuiltinsSource needs.
	parts goja.Value
	// late is what lateBuiltinsSource made, nil before the first use.
	late *goja.Object

	get, setOwn, remove, keys, isArray, primitive goja.Callable
}

// lateFunctions are the functions that lateBuiltinsSource has, with their lengths.
var lateFunctions = map[string]map[string]int{
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
}

// initBuiltins adds to the language's built-in objects what goja lacks, and
// makes those that could end the process throw errors instead.
func (vm *VM) initBuiltins() error {
	natives := vm.rt.NewObject()
	vm.define(natives, "checkPower", vm.newFunc("", 2, vm.checkPower))
	vm.define(natives, "extraFlags", vm.newFunc("", 1, vm.extraFlags))
	vm.define(natives, "isDetached", vm.newFunc("", 1, vm.isDetached))
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

// addLateFunctions adds those of lateFunctions that goja lacks.
func (vm *VM) addLateFunctions() {
	for path, functions := range lateFunctions {
		object := vm.global(strings.Split(path, ".")...)
		for name, length := range functions {
			if object.Get(name) != nil {
				continue
			}
			vm.define(object, name, vm.newFunc(name, length, func(call goja.FunctionCall) goja.Value {
				return vm.callValue(vm.lateFunction("methods", path, name), call.This, call.Arguments...)
			}))
		}
	}
}

// lateFunction is a function of what lateBuiltinsSource makes, by its path; nil if there
// is none.
func (vm *VM) lateFunction(path ...string) goja.Callable {
	f, _ := goja.AssertFunction(vm.lateValue(path...))
	return f
}

// lateValue is lateFunction for any value.
func (vm *VM) lateValue(path ...string) goja.Value {
	if vm.realm.late == nil {
		late, err := vm.setUp(lateBuiltinsProgram, vm.realm.parts)
		rethrow(err)
		vm.realm.late = late.(*goja.Object)
	}
	object := vm.realm.late
	for _, name := range path[:len(path)-1] {
		object = object.Get(name).(*goja.Object)
	}
	return object.Get(path[len(path)-1])
}

// extraFlags are the flags of a RegExp that goja does not know, null of what is none.
func (vm *VM) extraFlags(call goja.FunctionCall) goja.Value {
	if _, ok := patternOf(call.Argument(0)); !ok {
		return goja.Null()
	}
	if flags := call.Argument(0).(*goja.Object).GetSymbol(regexpFlags); !isNullish(flags) {
		return flags
	}
	return vm.rt.ToValue("")
}

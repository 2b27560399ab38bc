package gojavm

import (
	"strings"
	"unsafe"

	"github.com/dop251/goja"
)

// asyncFunctions has what makes functions asynchronous generator functions.
type asyncFunctions struct {
	function  *goja.Object // AsyncGeneratorFunction.prototype
	generator *goja.Object // AsyncGeneratorFunction.prototype.prototype
	methods   goja.Callable
	programs  map[unsafe.Pointer]bool // those that asynchronous generators run
}

// asyncFunctionsOf reads them from the late sources when they are needed first.
func (vm *VM) asyncFunctionsOf() *asyncFunctions {
	if vm.asyncFunctions == nil {
		vm.asyncFunctions = &asyncFunctions{
			function:  vm.lateValue(lateBuiltins, "generators", "functionPrototype").(*goja.Object),
			generator: vm.lateValue(lateBuiltins, "generators", "prototype").(*goja.Object),
			methods:   vm.lateFunction(lateBuiltins, "generators", "markMethods"),
			programs:  map[unsafe.Pointer]bool{},
		}
	}
	return vm.asyncFunctions
}

// initAsyncGenerators makes the functions that lowered programs call.
func (vm *VM) initAsyncGenerators() {
	vm.guardAsyncFunction = vm.newFunc("", 2, func(call goja.FunctionCall) goja.Value {
		if name := call.Argument(1); !goja.IsUndefined(name) {
			rethrow(call.Argument(0).(*goja.Object).DefineDataProperty("name", name, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		}
		return vm.makeAsyncGenerator(call)
	})
	vm.guardAsyncMethods = vm.newFunc("", 2, func(call goja.FunctionCall) goja.Value {
		return vm.callValue(vm.asyncFunctionsOf().methods, goja.Undefined(), call.Arguments...)
	})
}

// makeAsyncGenerator makes a function what the program says that it is, and returns it. Other
// values, and functions that it has been called with before, stay as they are.
func (vm *VM) makeAsyncGenerator(call goja.FunctionCall) goja.Value {
	f, ok := call.Argument(0).(*goja.Object)
	if !ok {
		return call.Argument(0)
	}
	if kind := selfType(f); kind != generatorFunctionType && kind != generatorMethodType {
		return f
	}
	source := internal(f, "self", "src")
	text, marked := strings.CutPrefix(source.String(), asyncMark)
	if !marked {
		return f
	}
	source.SetString(text)
	made := vm.asyncFunctionsOf()
	rethrow(f.SetPrototype(made.function))
	rethrow(f.Get("prototype").(*goja.Object).SetPrototype(made.generator))
	made.programs[internal(f, "self", "prg").UnsafePointer()] = true
	return f
}

// isAsyncGeneratorObject reports whether a value is what an asynchronous generator function has
// returned.
func (vm *VM) isAsyncGeneratorObject(call goja.FunctionCall) goja.Value {
	object, ok := call.Argument(0).(*goja.Object)
	if !ok || selfType(object) != generatorType {
		return vm.rt.ToValue(false)
	}
	program := internal(object, "self", "gen", "ctx", "prg").UnsafePointer()
	return vm.rt.ToValue(vm.asyncFunctionsOf().programs[program])
}

// compileAsyncGenerator makes the function that AsyncGeneratorFunction makes of its arguments.
func (vm *VM) compileAsyncGenerator(call goja.FunctionCall) goja.Value {
	texts := make([]string, len(call.Arguments))
	for i, argument := range call.Arguments {
		texts[i] = vm.stringValue(argument).String()
	}
	const kind = "async function*"
	parameters, body := functionParts(texts)
	var v goja.Value
	// Each of the two has to be complete without the other.
	for _, parts := range [][2]string{{parameters, ""}, {"", body}, {parameters, body}} {
		v = vm.evalNested(evalName, "("+functionText(kind, parts[0], parts[1])+")")
	}
	internal(v, "self", "src").SetString(functionText(kind, parameters, body))
	return v
}

package gojavm

import "github.com/dop251/goja"

// maxNested limits the nesting of calls of built-in functions by built-in functions: goja itself
// counts only calls by scripts.
const maxNested = 3000

func (vm *VM) throwInternal(message string) {
	panic(vm.newError(vm.classes.internalError, message))
}

func (vm *VM) throwSyntax(err error) {
	panic(vm.newError(vm.classes.syntaxError, err.Error()))
}

// counted counts the nesting of a built-in function, which may call a constructor of the script for
// its result.
func (vm *VM) counted(next nativeFunc) nativeFunc {
	return func(call goja.FunctionCall) goja.Value {
		if vm.nested >= maxNested {
			panic(vm.overflowError())
		}
		vm.nested++
		defer func() { vm.nested-- }()
		result := next(call)
		if made, ok := result.(*goja.Object); ok {
			vm.checkChain(made)
		}
		return result
	}
}

// limitNesting limits the functions by which built-in functions could call one another without end:
// those that call a method of their this value or their argument, and bound functions.
func (vm *VM) limitNesting() {
	for _, path := range [][]string{
		{"String", "prototype"}, {"Array", "prototype"}, {"RegExp", "prototype"}, {"Function", "prototype"},
		{"Object", "prototype"}, {"Error", "prototype"}, {"Date", "prototype"}, {"Promise", "prototype"}, {"Reflect"}, {"Object"},
		{"Number", "prototype"}, {"Map", "prototype"}, {"Set", "prototype"}, {"Array"},
	} {
		vm.countMethods(vm.global(path...))
	}
	// yield* calls those of the generator that it passes on.
	generator := must(vm.rt.RunString("(function* () {})")).(*goja.Object)
	vm.countMethods(generator.Get("prototype").(*goja.Object).Prototype())
	vm.patchMethod(vm.global("Array", "prototype"), "flat", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if object, ok := call.This.(*goja.Object); ok && isShallow(object, 0) {
				return next(call)
			}
			return vm.callValue(vm.lateFunction(lateBuiltins, "longArrays", "flat"), call.This, call.Arguments...)
		}
	})
	vm.limitChains()
}

func (vm *VM) countMethods(object *goja.Object) {
	for _, name := range object.GetOwnPropertyNames() {
		if name == "constructor" || name == "caller" || name == "arguments" || name == "callee" || name == "__proto__" {
			continue
		}
		vm.rt.Try(func() {
			if method, ok := object.Get(name).(*goja.Object); ok && isBuiltin(method) {
				vm.patch(method, vm.counted)
			}
		})
	}
}

func isBuiltin(object *goja.Object) bool {
	return selfType(object) == builtinType
}

// isShallow reports whether an array is nested no deeper than goja's recursion permits.
func isShallow(array *goja.Object, depth int) bool {
	const most = 100
	elements, ok := dense(array)
	if !ok || depth > most {
		return false
	}
	for _, v := range elements {
		object, ok := v.(*goja.Object)
		if !ok {
			continue
		}
		if class := object.ClassName(); class == "Array" && !isShallow(object, depth+1) || class != "Array" && isProxy(object) {
			return false
		}
	}
	return true
}

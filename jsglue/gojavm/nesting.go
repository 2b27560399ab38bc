package gojavm

import (
	"reflect"

	"github.com/dop251/goja"
)

// maxNested is how deep calls of built-in functions by built-in functions may be
// nested: goja itself counts only what scripts call.
const maxNested = 3000

// maxChain is how many prototypes, proxies or bound functions may stand behind one
// another.
const maxChain = 10000

func (vm *VM) throwInternal(message string) {
	panic(vm.newError(vm.classes.internalError, message))
}

func (vm *VM) throwSyntax(err error) {
	panic(vm.newError(vm.classes.syntaxError, err.Error()))
}

// counted counts the nesting of a built-in function.
func (vm *VM) counted(next nativeFunc) nativeFunc {
	return func(call goja.FunctionCall) goja.Value {
		if vm.nested >= maxNested {
			panic(vm.overflowError())
		}
		vm.nested++
		defer func() { vm.nested-- }()
		return next(call)
	}
}

// limitNesting bounds what could make built-in functions call one another without end:
// those that call a method of their this value, that call what they are given, and
// bound functions.
func (vm *VM) limitNesting() {
	for _, path := range [][]string{
		{"String", "prototype"}, {"Array", "prototype"}, {"RegExp", "prototype"}, {"Function", "prototype"},
		{"Object", "prototype"}, {"Error", "prototype"}, {"Date", "prototype"}, {"Promise", "prototype"}, {"Reflect"}, {"Object"},
		{"Number", "prototype"}, {"Map", "prototype"}, {"Set", "prototype"},
	} {
		vm.countMethods(vm.global(path...))
	}
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

// isShallow reports whether an array is nested no deeper than goja's recursion may go.
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

// limitChains bounds chains of prototypes, proxies and bound functions, which goja
// follows by recursion, and refuses those that come back to their start.
func (vm *VM) limitChains() {
	object, reflection := vm.global("Object"), vm.global("Reflect")
	vm.patchMethod(object, "create", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			vm.checkChain(nil, call.Argument(0))
			return next(call)
		}
	})
	set := func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if target, ok := call.Argument(0).(*goja.Object); ok {
				vm.checkChain(target, call.Argument(1))
			}
			return next(call)
		}
	}
	vm.patchMethod(object, "setPrototypeOf", set)
	vm.patchMethod(reflection, "setPrototypeOf", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			target, ok := call.Argument(0).(*goja.Object)
			if ok && vm.inspectChain(target, call.Argument(1)) == chainCyclic {
				return vm.rt.ToValue(false)
			}
			return set(next)(call)
		}
	})
	if setter := vm.accessor(vm.global("Object", "prototype"), "__proto__", "set"); setter != nil {
		vm.patch(setter, func(next nativeFunc) nativeFunc {
			return func(call goja.FunctionCall) goja.Value {
				if target, ok := call.This.(*goja.Object); ok {
					vm.checkChain(target, call.Argument(0))
				}
				return next(call)
			}
		})
	}
	vm.limitPrototypes()
	vm.patchProxy()
	vm.patchMethod(vm.global("Function", "prototype"), "bind", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			vm.checkChain(nil, call.This)
			bound := next(call)
			if f, ok := bound.(*goja.Object); ok {
				vm.patch(f, vm.counted)
			}
			return bound
		}
	})
}

// limitPrototypes looks at what becomes the property "prototype" of a function other than by
// assignment, and at what Reflect.construct makes.
func (vm *VM) limitPrototypes() {
	object, reflection := vm.global("Object"), vm.global("Reflect")
	checkValue := func(key goja.Value, descriptor func() goja.Value) {
		if s, ok := key.(goja.String); ok && s.String() == guardedPrototype {
			vm.checkChain(nil, descriptor())
		}
	}
	valueOf := func(v goja.Value) goja.Value {
		if descriptor, ok := v.(*goja.Object); ok && !isProxy(descriptor) {
			return descriptor.Get("value")
		}
		return nil
	}
	define := func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			checkValue(call.Argument(1), func() goja.Value { return valueOf(call.Argument(2)) })
			return next(call)
		}
	}
	vm.patchMethod(object, "defineProperty", define)
	vm.patchMethod(reflection, "defineProperty", define)
	vm.patchMethod(reflection, "set", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			checkValue(call.Argument(1), func() goja.Value { return call.Argument(2) })
			return next(call)
		}
	})
	vm.patchMethod(reflection, "construct", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			made := next(call)
			vm.checkChain(nil, made)
			return made
		}
	})
}

// accessor is a getter or setter of a property.
func (vm *VM) accessor(object *goja.Object, name, kind string) *goja.Object {
	describe, _ := goja.AssertFunction(vm.global("Object").Get("getOwnPropertyDescriptor"))
	descriptor, ok := vm.callValue(describe, goja.Undefined(), object, vm.rt.ToValue(name)).(*goja.Object)
	if !ok {
		return nil
	}
	f, _ := descriptor.Get(kind).(*goja.Object)
	return f
}

// chain is what stands behind an object.
type chain int

const (
	chainFits chain = iota
	chainLong
	chainCyclic
)

// checkChain throws if what stands behind v is too long a chain or leads to object.
func (vm *VM) checkChain(object *goja.Object, v goja.Value) {
	switch vm.inspectChain(object, v) {
	case chainLong:
		vm.throwRange("too long a chain of prototypes, proxies or bound functions")
	case chainCyclic:
		vm.throwType("the chain of prototypes would be cyclic")
	}
}

// inspectChain tells what stands behind v: too long a chain, or one that leads to object.
func (vm *VM) inspectChain(object *goja.Object, v goja.Value) chain {
	first, ok := v.(*goja.Object)
	if !ok || object == nil && isShort(first) {
		return chainFits
	}
	count := 0
	for ; first != nil && first != object && count <= maxChain; count++ {
		if kind := selfType(first); kind == proxyType || kind == boundType {
			break
		}
		first = first.Prototype()
	}
	if first == nil {
		return chainFits
	}
	for queue := []*goja.Object{first}; len(queue) > 0; count++ {
		next := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if next == object {
			return chainCyclic
		}
		if count > maxChain {
			return chainLong
		}
		queue = append(queue, behind(next)...)
	}
	return chainFits
}

// isShort tells of most objects, at once, that little stands behind them.
func isShort(object *goja.Object) bool {
	for range 8 {
		if object == nil {
			return true
		}
		switch selfType(object) {
		case proxyType, boundType:
			return false
		}
		object = object.Prototype()
	}
	return false
}

// behind are the objects that an operation on one is passed on to.
func behind(object *goja.Object) []*goja.Object {
	var list []*goja.Object
	switch selfType(object) {
	case proxyType:
		proxy := object.Export().(goja.Proxy)
		for _, next := range []*goja.Object{proxy.Target(), handlerOf(proxy)} {
			if next != nil {
				list = append(list, next)
			}
		}
		return list
	case boundType:
		wrapped := reflect.ValueOf(object).Elem().Field(selfField).Elem().Elem().FieldByName("wrapped")
		list = append(list, (*goja.Object)(wrapped.UnsafePointer()))
	}
	if proto := object.Prototype(); proto != nil {
		list = append(list, proto)
	}
	return list
}

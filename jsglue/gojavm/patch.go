package gojavm

import (
	"reflect"
	"strconv"
	"sync"

	"github.com/dop251/goja"
)

// constructFunc is the function that goja calls for "new"; newTarget is nil if it is
// the class itself.
type constructFunc = func(args []goja.Value, newTarget *goja.Object) *goja.Object

// patch replaces the implementation of a built-in function by wrap(implementation). The
// function object keeps its name and properties.
func (vm *VM) patch(function *goja.Object, wrap func(next nativeFunc) nativeFunc) {
	field := internal(function, "self", "f")
	next := field.Interface().(nativeFunc)
	field.Set(reflect.ValueOf(wrap(next)))
}

// patchMethod patches a method of a built-in object.
func (vm *VM) patchMethod(object *goja.Object, name string, wrap func(next nativeFunc) nativeFunc) {
	vm.patch(object.Get(name).(*goja.Object), wrap)
}

// patchClass makes every call of a class, with "new" or without, pass its arguments
// through check first.
func (vm *VM) patchClass(class *goja.Object, check func(args []goja.Value) []goja.Value) {
	field := internal(class, "self", "construct")
	construct := field.Interface().(constructFunc)
	field.Set(reflect.ValueOf(constructFunc(func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		return construct(check(args), newTarget)
	})))
	vm.patch(class, func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			call.Arguments = check(call.Arguments)
			return next(call)
		}
	})
}

// global returns the built-in object at a path, such as "Array", "prototype".
func (vm *VM) global(path ...string) *goja.Object {
	object := vm.rt.GlobalObject()
	for _, name := range path {
		object = object.Get(name).(*goja.Object)
	}
	return object
}

// withArgument returns a copy of args with one argument replaced.
func withArgument(args []goja.Value, i int, v goja.Value) []goja.Value {
	replaced := append([]goja.Value(nil), args...)
	replaced[i] = v
	return replaced
}

// toPrimitiveNumber applies ToNumber to an object, so that the script's valueOf is called once
// although the value is used twice. It returns other values unchanged.
func toPrimitiveNumber(v goja.Value) goja.Value {
	if _, ok := v.(*goja.Object); ok {
		return v.ToNumber()
	}
	return v
}

// dense returns the elements of an array that has a plain slice of elements and no
// accessors among them.
func dense(object *goja.Object) ([]goja.Value, bool) {
	if !isPlainArray(object) {
		return nil, false
	}
	self := reflect.ValueOf(object).Elem().Field(selfField).Elem().Elem()
	if self.FieldByName("propValueCount").Int() != 0 {
		return nil, false
	}
	return internal(object, "self", "values").Interface().([]goja.Value), true
}

// isPlainArray reports whether an object is an array whose elements are a plain slice.
func isPlainArray(object *goja.Object) bool {
	return selfType(object) == plainArray
}

// selfField is the index of the field whose type is the kind of an object in goja.
var selfField = fieldIndex(goja.Object{}, "self")

// Kinds of objects, set by readLayout.
var (
	plainArray, builtinType, proxyType, boundType, regexpType reflect.Type
	generatorFunctionType, generatorMethodType, generatorType reflect.Type
)

// readLayout determines the layout of goja's objects. New calls it, so that a program without a VM does
// not spend time on it.
var readLayout = sync.OnceFunc(func() {
	rt := goja.New()
	object := must(rt.RunString("[[], parseInt, new Proxy({}, {}), (() => 1).bind(), /./, function* () {}, ({ *m() {} }).m, (function* () {})()]")).(*goja.Object)
	for i, kind := range []*reflect.Type{&plainArray, &builtinType, &proxyType, &boundType, &regexpType, &generatorFunctionType, &generatorMethodType, &generatorType} {
		*kind = selfType(object.Get(strconv.Itoa(i)).(*goja.Object))
	}
	readArrayLayout()
	readRegexpLayout()
})

func selfType(object *goja.Object) reflect.Type {
	return reflect.ValueOf(object).Elem().Field(selfField).Elem().Type()
}

func fieldIndex(structure any, name string) int {
	field, ok := reflect.TypeOf(structure).FieldByName(name)
	if !ok {
		panic("gojavm: no field " + name)
	}
	return field.Index[0]
}

package gojavm

import (
	"reflect"
	"strconv"
	"sync"

	"github.com/dop251/goja"
)

// constructFunc is what goja calls for new; newTarget is nil if it is the class
// itself.
type constructFunc = func(args []goja.Value, newTarget *goja.Object) *goja.Object

// patch replaces what a built-in function does; the function object, with its
// name and properties, stays. wrap is given what it did.
func (vm *VM) patch(function *goja.Object, wrap func(next nativeFunc) nativeFunc) {
	field := internal(function, "self", "f")
	next := field.Interface().(nativeFunc)
	field.Set(reflect.ValueOf(wrap(next)))
}

// patchMethod patches a method of a built-in object.
func (vm *VM) patchMethod(object *goja.Object, name string, wrap func(next nativeFunc) nativeFunc) {
	vm.patch(object.Get(name).(*goja.Object), wrap)
}

// patchClass has check called with the arguments of every call of a class, with
// new or without, before it does anything; check may replace them.
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

// global is a built-in object by its path.
func (vm *VM) global(path ...string) *goja.Object {
	object := vm.rt.GlobalObject()
	for _, name := range path {
		object = object.Get(name).(*goja.Object)
	}
	return object
}

// withArgument is args with one of them replaced.
func withArgument(args []goja.Value, i int, v goja.Value) []goja.Value {
	replaced := append([]goja.Value(nil), args...)
	replaced[i] = v
	return replaced
}

// toPrimitiveNumber is ToNumber, done once: the result goes on in the argument's place.
func toPrimitiveNumber(v goja.Value) goja.Value {
	if _, ok := v.(*goja.Object); ok {
		return v.ToNumber()
	}
	return v
}

// dense is the elements of an array that has them in one piece and no accessors
// among them.
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

// isPlainArray reports whether an object is an array that has its elements in one piece.
func isPlainArray(object *goja.Object) bool {
	return selfType(object) == plainArray
}

// selfField is what tells the kind of an object in goja.
var selfField = fieldIndex(goja.Object{}, "self")

// The kinds of objects, which readLayout sets.
var (
	plainArray, builtinType, proxyType, boundType, regexpType reflect.Type
	generatorFunctionType, generatorMethodType, generatorType reflect.Type
)

// readLayout finds out how goja lays out its objects. New calls it first; a program that makes no
// VM does not pay for it.
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

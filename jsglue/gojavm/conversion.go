package gojavm

import (
	"reflect"
	"strings"

	"github.com/dop251/goja"
)

// goja's message for an object that has no primitive value prints the object's memory, with
// addresses of it.
const (
	conversionFault   = "Could not convert &{"
	conversionMessage = "cannot convert object to primitive value"
)

// mendConversionErrors has such a TypeError say conversionMessage. goja makes its TypeErrors by
// what it keeps in the class.
func (vm *VM) mendConversionErrors() {
	class := vm.rt.Get("TypeError").ToObject(vm.rt)
	class.Get("prototype") // goja makes its classes at their first use
	self := reflect.ValueOf(class).Elem().FieldByName("self").Elem().Elem()
	field := self.FieldByName("construct")
	field = reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem()
	construct := field.Interface().(func(args []goja.Value, newTarget *goja.Object) *goja.Object)
	field.Set(reflect.ValueOf(func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		if len(args) > 0 && goja.IsString(args[0]) && strings.HasPrefix(args[0].String(), conversionFault) {
			args = []goja.Value{vm.rt.ToValue(conversionMessage)}
		}
		return construct(args, newTarget)
	}))
}

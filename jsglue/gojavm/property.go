package gojavm

import "github.com/dop251/goja"

// Access to properties by JavaScript strings: goja's interface takes Go strings, which cannot
// represent every name.

// isGoString reports whether Go's string has the same characters.
func isGoString(s goja.String) bool {
	for i := range s.Length() {
		if u := s.CharAt(i); u >= 0xd800 && u < 0xe000 {
			return false
		}
	}
	return true
}

// get is object[name], never nil.
func (vm *VM) get(object *goja.Object, name goja.Value) goja.Value {
	s, ok := name.(goja.String)
	if !ok || !isGoString(s) {
		return vm.callValue(vm.realm.get, goja.Undefined(), object, name)
	}
	if v := object.Get(s.String()); v != nil {
		return v
	}
	return goja.Undefined()
}

// setOwn is CreateDataProperty; it does nothing if the object refuses the property.
func (vm *VM) setOwn(object *goja.Object, name, value goja.Value) {
	if s, ok := name.(goja.String); ok && isGoString(s) && isOrdinary(object) {
		_ = object.DefineDataProperty(s.String(), value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		return
	}
	vm.callValue(vm.realm.setOwn, goja.Undefined(), object, name, value)
}

// isOrdinary reports whether defining a property of an object runs no script.
func isOrdinary(object *goja.Object) bool { return object.ClassName() == "Object" && !isProxy(object) }

func isProxy(object *goja.Object) bool { return selfType(object) == proxyType }

// keys are the names of an object's own enumerable properties.
func (vm *VM) keys(object *goja.Object) []goja.Value {
	names, _ := dense(vm.callValue(vm.realm.keys, goja.Undefined(), object).(*goja.Object))
	return names
}

// isArray is Array.isArray.
func (vm *VM) isArray(object *goja.Object) bool {
	return isPlainArray(object) || vm.callValue(vm.realm.isArray, goja.Undefined(), object).ToBoolean()
}

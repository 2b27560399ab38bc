package gojavm

import "reflect"

// internal returns an unexported field of goja, which can be read and set. The field is named by
// its path from obj; interfaces and pointers on the way are followed. It panics if there is no such
// field: every use is made, and tested, for the version in go.mod.
func internal(obj any, path ...string) reflect.Value {
	v := reflect.ValueOf(obj)
	for _, name := range path {
		for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		v = v.FieldByName(name)
	}
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}

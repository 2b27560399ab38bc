package gojavm

import (
	_ "embed"
	"reflect"
	"time"

	"github.com/dop251/goja"
)

//go:embed web.js
var webSource string

// Frames of this code are omitted from stacks.
var webProgram = setupProgram(bundleName, &webSource)

// webNames are globals of browsers that Node and QuickJS-ng have too. queueMicrotask is with the
// timers.
var webNames = []string{"DOMException", "TextEncoder", "TextDecoder", "Performance", "performance", "structuredClone"}

// initWeb adds the globals in webNames. They are made at the first use of one, since that takes
// some milliseconds: until then each is an accessor that replaces itself by the value.
func (vm *VM) initWeb() {
	global := vm.rt.GlobalObject()
	realm := vm.rt.NewObject()
	for _, name := range global.GetOwnPropertyNames() {
		rethrow(realm.Set(name, global.Get(name)))
	}
	var made *goja.Object
	values := func() *goja.Object {
		if made == nil {
			made = vm.makeWeb(realm)
		}
		return made
	}
	for _, name := range webNames {
		get := vm.newFunc(name, 0, func(goja.FunctionCall) goja.Value {
			v := values().Get(name)
			vm.define(global, name, v)
			return v
		})
		set := vm.newFunc(name, 1, func(call goja.FunctionCall) goja.Value {
			vm.define(global, name, call.Argument(0))
			return goja.Undefined()
		})
		rethrow(global.DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
}

// makeWeb makes the globals in webNames, as properties of an object.
func (vm *VM) makeWeb(realm *goja.Object) *goja.Object {
	natives := vm.rt.NewObject()
	vm.setFuncs(natives, []funcSpec{
		{"classOf", 1, func(call goja.FunctionCall) goja.Value { return vm.rt.ToValue(classOf(call.Argument(0))) }},
		{"isFFArray", 1, func(call goja.FunctionCall) goja.Value { return vm.rt.ToValue(IsFFArray(call.Argument(0))) }},
		{"shareBuffer", 1, vm.shareBuffer},
		{"detachBuffer", 1, vm.detachBuffer},
		{"now", 0, vm.now},
		{"newDecoder", 3, vm.newTextDecoder},
		{"encodeUTF8", 1, vm.encodeUTF8},
		{"encodeInto", 2, vm.encodeInto},
	})
	rethrow(natives.Set("timeOrigin", float64(vm.start.UnixNano())/float64(time.Millisecond)))
	made, err := vm.setUp(webProgram, realm, natives)
	rethrow(err)
	return made.ToObject(vm.rt)
}

// classOf returns the class of v, whatever its prototype and its properties are. WeakMaps,
// WeakSets, WeakRefs, DataViews, boxed symbols and boxed BigInts are "Object".
func classOf(v goja.Value) string {
	obj, ok := v.(*goja.Object)
	if !ok {
		return ""
	}
	// First, because a proxy has its target's class.
	switch t := obj.ExportType(); {
	case t == proxyExport:
		return "Proxy"
	case t == promiseExport:
		return "Promise"
	case t == bufferExport:
		return "ArrayBuffer"
	}
	class := obj.ClassName()
	if class != "Object" {
		return class
	}
	switch t := obj.ExportType(); {
	case t == mapExport:
		return "Map"
	case t == setExport:
		return "Set"
	case t != nil && t.Kind() == reflect.Slice:
		return "TypedArray"
	}
	return class
}

var (
	proxyExport   = reflect.TypeFor[goja.Proxy]()
	promiseExport = reflect.TypeFor[*goja.Promise]()
	bufferExport  = reflect.TypeFor[goja.ArrayBuffer]()
	mapExport     = reflect.TypeFor[[][2]any]()
	setExport     = reflect.TypeFor[[]any]()
)

// shareBuffer makes another ArrayBuffer of the same memory, undefined if it is detached.
func (vm *VM) shareBuffer(call goja.FunctionCall) goja.Value {
	buffer, _ := call.Argument(0).Export().(goja.ArrayBuffer)
	if buffer.Detached() {
		return goja.Undefined()
	}
	return vm.rt.ToValue(vm.rt.NewArrayBuffer(buffer.Bytes()))
}

func (vm *VM) detachBuffer(call goja.FunctionCall) goja.Value {
	buffer, _ := call.Argument(0).Export().(goja.ArrayBuffer)
	return vm.rt.ToValue(buffer.Detach())
}

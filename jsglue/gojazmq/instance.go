package gojazmq

import (
	"reflect"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/frames"
)

// An instance is the internal slot of an object of one of the module's classes: its C part, and the values that it
// keeps alive.
type instance struct {
	self *goja.Object
	c    unsafe.Pointer // zmqjs_instance *
	kept []goja.Value
}

func (i *instance) pointer() unsafe.Pointer {
	if i == nil {
		return nil
	}
	return i.c
}

// keep carries out a change to the values that it keeps.
func (i *instance) keep(keep frames.Keep, arguments []goja.Value) {
	for len(i.kept) <= int(keep.Index) {
		i.kept = append(i.kept, goja.Undefined())
	}
	i.kept[keep.Index] = goja.Undefined()
	if keep.Argument >= 0 && int(keep.Argument) < len(arguments) {
		i.kept[keep.Index] = arguments[keep.Argument]
	}
}

// instance returns the instance of an object of the module; nil for any other value.
func (m *Module) instance(value goja.Value) *instance {
	object, ok := value.(*goja.Object)
	if !ok || object.ExportType() == proxyType {
		return nil
	}
	held, ok := object.GetSymbol(m.key).(*goja.Object)
	if !ok {
		return nil
	}
	instance, _ := held.Export().(*instance)
	if instance == nil || instance.self != object { // it is inherited
		return nil
	}
	return instance
}

var proxyType = reflect.TypeFor[goja.Proxy]()

// newInstance makes an object of the class with a number, or makes the one that `new` has made an instance.
// When the collector drops it, its C part is finalized, on a goroutine of the collector.
func (m *Module) newInstance(c unsafe.Pointer, class int, construct *goja.Object) goja.Value {
	if construct == nil {
		construct = m.vm.CreateObject(m.classes[class])
	}
	held := m.vm.ToValue(&instance{self: construct, c: c})
	err := construct.DefineDataPropertySymbol(m.key, held, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	if err != nil {
		frames.Finalize(c)
		panic(err)
	}
	m.references.add(construct, c)
	return construct
}

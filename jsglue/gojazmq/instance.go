package gojazmq

import (
	"reflect"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue"
)

// An instance is what an object of one of the module's classes holds: what it
// refers to, and the values that it keeps alive.
type instance struct {
	self   *goja.Object
	object any // *jsglue.Context, *jsglue.Socket and so on
	slots  []goja.Value
}

// instance returns what an object of the module holds; nil for any other value.
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

// attach makes object an instance. When the collector drops it, what it refers to is
// disowned.
func (m *Module) attach(object *goja.Object, refersTo any) error {
	held := m.vm.ToValue(&instance{self: object, object: refersTo})
	err := object.DefineDataPropertySymbol(m.key, held, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	if err == nil {
		m.references.add(object, refersTo.(disowner))
	}
	return err
}

// slots is the engine's side of a call: the slots of this, and the arguments that
// may be put into them.
type slots struct {
	this      *instance
	arguments []goja.Value
}

func (s *slots) SetSlot(slot uint32, argument int) error {
	for len(s.this.slots) <= int(slot) {
		s.this.slots = append(s.this.slots, goja.Undefined())
	}
	value := goja.Undefined()
	if argument >= 0 && argument < len(s.arguments) {
		value = s.arguments[argument]
	}
	s.this.slots[slot] = value
	return nil
}

var _ jsglue.Engine = (*slots)(nil)

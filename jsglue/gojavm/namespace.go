package gojavm

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

// namespaceObject makes the module's name space at its first use: a proxy that behaves as
// ECMAScript's module namespace exotic object.
func (m *module) namespaceObject() *goja.Object {
	if m.namespace != nil {
		return m.namespace
	}
	target := m.vm.rt.CreateObject(nil)
	names := m.exportedNames(map[*module]bool{})
	slices.SortFunc(names, compareUTF16)
	resolved := map[string]binding{}
	for _, name := range slices.Compact(names) {
		if r := m.resolveExport(name, map[binding]bool{}); r.found() {
			resolved[name] = r.binding
			rethrow(target.DefineDataProperty(name, goja.Undefined(), goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_TRUE))
		}
	}
	m.vm.sealNamespace(target)
	get := func(name string) goja.Value {
		b, ok := resolved[name]
		if !ok {
			return nil
		}
		return b.value()
	}
	m.namespace = m.vm.rt.ToValue(m.vm.rt.NewProxy(target, &goja.ProxyTrapConfig{
		Get: func(_ *goja.Object, name string, _ goja.Value) goja.Value {
			if v := get(name); v != nil {
				return v
			}
			return goja.Undefined()
		},
		GetOwnPropertyDescriptor: func(_ *goja.Object, name string) (d goja.PropertyDescriptor) {
			if v := get(name); v != nil {
				d = goja.PropertyDescriptor{Value: v, Writable: goja.FLAG_TRUE, Enumerable: goja.FLAG_TRUE, Configurable: goja.FLAG_FALSE}
			}
			return d
		},
		DefineProperty: func(_ *goja.Object, name string, d goja.PropertyDescriptor) bool {
			v := get(name)
			return v != nil && d.Getter == nil && d.Setter == nil && d.Configurable != goja.FLAG_TRUE &&
				d.Enumerable != goja.FLAG_FALSE && d.Writable != goja.FLAG_FALSE && (d.Value == nil || d.Value.SameAs(v))
		},
		Set:    func(*goja.Object, string, goja.Value, goja.Value) bool { return false },
		SetSym: func(*goja.Object, *goja.Symbol, goja.Value, goja.Value) bool { return false },
	})).(*goja.Object)
	return m.namespace
}

// sealNamespace adds the properties of name spaces other than exports.
func (vm *VM) sealNamespace(obj *goja.Object) {
	rethrow(obj.DefineDataPropertySymbol(goja.SymToStringTag, vm.rt.ToValue("Module"), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	_, err := vm.classes.preventExtensions(goja.Undefined(), obj)
	rethrow(err)
}

// value is the binding's value. It throws if the binding is not initialized.
func (b binding) value() goja.Value {
	if b.name == esm.Namespace {
		return b.module.namespaceObject()
	}
	return b.module.env.Get(b.name)
}

// compareUTF16 orders strings by their UTF-16 code units, as Array.prototype.sort
// does.
func compareUTF16(a, b string) int {
	if strings.IndexFunc(a+b, func(r rune) bool { return r >= 0x10000 }) < 0 {
		return strings.Compare(a, b)
	}
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

package gojazmq

import (
	"bytes"
	"errors"
	"math/big"
	"reflect"
	"strconv"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue"
)

// builtins are what the module needs of the global object, as it was before any
// script could change it.
type builtins struct {
	errors           [3]goja.Constructor // by jsglue.ErrorClass
	uint8Array       goja.Constructor
	uint8FFArray     *goja.Object  // nil where the engine has none
	dataViewLength   goja.Callable // the getter of DataView.prototype.byteLength
	dataViewOffset   goja.Callable
	dataViewBuffer   goja.Callable
	typedArrayLength goja.Callable // likewise, of all typed arrays
}

func (b *builtins) capture(vm *goja.Runtime) error {
	for i, name := range []string{"Error", "TypeError", "RangeError"} {
		b.errors[i], _ = goja.AssertConstructor(vm.Get(name))
	}
	b.uint8Array, _ = goja.AssertConstructor(vm.Get("Uint8Array"))
	b.uint8FFArray, _ = vm.Get("Uint8FFArray").(*goja.Object)
	getters, err := vm.RunString(`["byteLength", "byteOffset", "buffer"].map(
		name => Object.getOwnPropertyDescriptor(DataView.prototype, name).get).concat(
		Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), "byteLength").get)`)
	if err != nil {
		return err
	}
	for i, getter := range []*goja.Callable{&b.dataViewLength, &b.dataViewOffset, &b.dataViewBuffer, &b.typedArrayLength} {
		*getter, _ = goja.AssertFunction(getters.ToObject(vm).Get(string(rune('0' + i))))
	}
	if b.uint8Array == nil || b.errors[0] == nil || b.dataViewLength == nil {
		return errors.New("the runtime lacks built-in objects")
	}
	return nil
}

// argument reads an argument, if the parameter wants it read.
func (m *Module) argument(parameter *jsglue.Parameter, value goja.Value) jsglue.Data {
	if parameter.Type == jsglue.Any && parameter.Class == nil {
		return jsglue.Data{}
	}
	data := m.data(value)
	if data.Kind == jsglue.Array && parameter.Type == jsglue.List {
		array := value.(*goja.Object)
		data.Length = int(array.Get("length").ToInteger())
		if data.Length <= jsglue.LongestList {
			data.Elements = m.elements(array, data.Length)
		}
	}
	return data
}

// elements gets all elements of an array before it reads any: getting one may run
// scripts, which may change what was read.
func (m *Module) elements(array *goja.Object, length int) []jsglue.Data {
	values := make([]goja.Value, length)
	for i := range values {
		values[i] = array.Get(strconv.Itoa(i))
	}
	read := make([]jsglue.Data, len(values))
	for i, value := range values {
		read[i] = m.data(value)
	}
	return read
}

// data reads a value without running any script.
func (m *Module) data(value goja.Value) jsglue.Data {
	switch {
	case value == nil || goja.IsUndefined(value):
		return jsglue.Data{}
	case goja.IsNull(value):
		return jsglue.Data{Kind: jsglue.Null}
	}
	switch value := value.(type) {
	case *goja.Object:
		return m.objectData(value)
	case *goja.Symbol:
		return jsglue.Data{Kind: jsglue.Object}
	case goja.String:
		return jsglue.Data{Kind: jsglue.String, Text: value.String()}
	}
	switch kind := value.ExportType().Kind(); kind {
	case reflect.Bool:
		data := jsglue.Data{Kind: jsglue.Boolean}
		if value.ToBoolean() {
			data.Int = 1
		}
		return data
	case reflect.Int64, reflect.Float64:
		return jsglue.Data{Kind: jsglue.Double, Number: value.ToFloat()}
	}
	if integer, ok := value.Export().(*big.Int); ok {
		return bigIntData(integer)
	}
	return jsglue.Data{Kind: jsglue.Object}
}

func bigIntData(integer *big.Int) jsglue.Data {
	data := jsglue.Data{Kind: jsglue.BigInt}
	switch {
	case integer.IsInt64():
		data.Int = integer.Int64()
	case integer.IsUint64():
		data.Int, data.Unsigned = int64(integer.Uint64()), true
	default:
		data.Truncated = true
	}
	return data
}

func (m *Module) objectData(object *goja.Object) jsglue.Data {
	if object.ExportType() == proxyType { // whatever it is asked would run its traps
		return jsglue.Data{Kind: jsglue.Object}
	}
	if instance := m.instance(object); instance != nil {
		return jsglue.Data{Kind: jsglue.Native, Object: instance.object}
	}
	if content, ok := m.bytes(object); ok {
		return jsglue.Data{Kind: jsglue.Bytes, Bytes: content}
	}
	if object.ClassName() == "Array" {
		return jsglue.Data{Kind: jsglue.Array}
	}
	return jsglue.Data{Kind: jsglue.Object}
}

// isNumber tells a typed array's elements from those of an array, a Map or a Set.
func isNumber(kind reflect.Kind) bool { return kind >= reflect.Int && kind <= reflect.Float64 }

var arrayBufferType = reflect.TypeFor[goja.ArrayBuffer]()

// bytes returns the memory of a typed array, an ArrayBuffer or a DataView, without
// copying it; none if it is detached.
func (m *Module) bytes(object *goja.Object) (content []byte, ok bool) {
	defer func() {
		if recover() != nil { // goja reads a detached buffer beyond its end
			content, ok = nil, true
		}
	}()
	switch kind := object.ExportType(); {
	case kind == arrayBufferType:
		return object.Export().(goja.ArrayBuffer).Bytes(), true
	case kind.Kind() == reflect.Slice && isNumber(kind.Elem().Kind()):
		// Of an empty array goja gives a pointer that may be to the end of its memory,
		// which is another object's, and which the garbage collector dies of.
		if length, err := m.builtins.typedArrayLength(object); err == nil && length.ToInteger() == 0 {
			return nil, true
		}
		err := m.vm.ExportTo(object, &content)
		return content, err == nil
	}
	length, err := m.builtins.dataViewLength(object)
	if err != nil {
		return nil, false
	}
	offset, err := m.builtins.dataViewOffset(object)
	if err != nil {
		return nil, false
	}
	buffer, err := m.builtins.dataViewBuffer(object)
	if err != nil {
		return nil, false
	}
	all := buffer.Export().(goja.ArrayBuffer).Bytes()
	return all[offset.ToInteger():][:length.ToInteger()], true
}

// value makes a value of a result.
func (m *Module) value(d *jsglue.Data, this *instance, construct *goja.Object) goja.Value {
	switch d.Kind {
	case jsglue.Null:
		return goja.Null()
	case jsglue.Boolean:
		return m.vm.ToValue(d.Int != 0)
	case jsglue.Int32:
		return m.vm.ToValue(d.Int)
	case jsglue.Double:
		return m.vm.ToValue(d.Number)
	case jsglue.BigInt:
		if d.Unsigned {
			return m.vm.ToValue(new(big.Int).SetUint64(uint64(d.Int)))
		}
		return m.vm.ToValue(big.NewInt(d.Int))
	case jsglue.String:
		return m.text(d)
	case jsglue.Bytes:
		return m.newBytes(d)
	case jsglue.Native:
		return m.newInstance(d.Object, construct)
	case jsglue.Array:
		made := make([]any, len(d.Elements))
		for i := range d.Elements {
			made[i] = m.value(&d.Elements[i], this, nil)
		}
		return m.vm.NewArray(made...)
	case jsglue.Object:
		made := m.vm.NewObject()
		for i := range d.Elements {
			value := m.value(&d.Elements[i], this, nil)
			if err := show(made, d.Names[i], value); err != nil {
				panic(err)
			}
		}
		return made
	case jsglue.Slot:
		return this.slots[d.Int]
	case jsglue.This:
		return this.self
	}
	return goja.Undefined()
}

func (m *Module) text(d *jsglue.Data) goja.Value {
	content := string(d.Content())
	d.Message.Close()
	return m.vm.ToValue(jsglue.WellFormed(content))
}

func (m *Module) newBytes(d *jsglue.Data) goja.Value {
	content := bytes.Clone(d.Content())
	d.Message.Close()
	buffer := m.vm.ToValue(m.vm.NewArrayBuffer(content))
	made, err := m.builtins.uint8Array(m.builtins.uint8FFArray, buffer)
	if err != nil {
		panic(err)
	}
	return made
}

// newInstance makes an object of one of the classes, or makes the one that `new`
// has made an instance.
func (m *Module) newInstance(refersTo any, construct *goja.Object) goja.Value {
	if construct == nil {
		construct = m.vm.CreateObject(m.classes[jsglue.ClassName(refersTo)])
	}
	if err := m.attach(construct, refersTo); err != nil {
		refersTo.(disowner).Disown()
		panic(m.exception(err))
	}
	return construct
}

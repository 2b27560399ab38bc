package gojazmq

import (
	"bytes"
	"errors"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/frames"
)

// builtins are the properties of the global object that the module needs, as they were before any
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

// lists gets the elements of all arguments that are arrays for a list, before any argument is read: getting one
// may run scripts, which may change what was read. nil if there is none.
func (m *Module) lists(function *jsglue.Function, arguments []goja.Value) map[goja.Value][]goja.Value {
	var lists map[goja.Value][]goja.Value
	for i, argument := range arguments {
		if function.Parameters[i].Type != jsglue.List {
			continue
		}
		array, ok := argument.(*goja.Object)
		if !ok || array.ExportType() == proxyType || array.ClassName() != "Array" {
			continue
		}
		length := int(array.Get("length").ToInteger())
		if length > jsglue.LongestList {
			continue
		}
		values := make([]goja.Value, length)
		for i := range values {
			values[i] = array.Get(strconv.Itoa(i))
		}
		if lists == nil {
			lists = map[goja.Value][]goja.Value{}
		}
		lists[array] = values
	}
	return lists
}

// readArgument reads an argument, if the parameter wants it read.
func (m *Module) readArgument(frame *frames.Frame, d *frames.Data, parameter *jsglue.Parameter, value goja.Value, lists map[goja.Value][]goja.Value) {
	if parameter.Type == jsglue.Any && parameter.Class == nil {
		d.Type = uint32(jsglue.Undefined)
		return
	}
	m.read(frame, d, value)
	if jsglue.Kind(d.Type) != jsglue.Array || parameter.Type != jsglue.List {
		return
	}
	values, ok := lists[value]
	if !ok { // there are more than are read
		d.Length = uintptr(value.(*goja.Object).Get("length").ToInteger())
		return
	}
	elements := frame.List(d, len(values))
	for i := range elements {
		m.read(frame, &elements[i], values[i])
	}
}

// read reads a value without running any script.
func (m *Module) read(frame *frames.Frame, d *frames.Data, value goja.Value) {
	switch value := value.(type) {
	case nil:
		d.Type = uint32(jsglue.Undefined)
		return
	case *goja.Object:
		m.readObject(frame, d, value)
		return
	case *goja.Symbol:
		d.Type = uint32(jsglue.Plain)
		return
	case goja.String:
		text := value.String()
		d.Type = uint32(jsglue.String)
		frame.Lend(d, unsafe.StringData(text), len(text))
		return
	}
	switch kind := value.ExportType(); {
	case goja.IsUndefined(value):
		d.Type = uint32(jsglue.Undefined)
	case goja.IsNull(value):
		d.Type = uint32(jsglue.Null)
	case kind.Kind() == reflect.Bool:
		d.Type, d.As = uint32(jsglue.Boolean), 0
		if value.ToBoolean() {
			d.As = 1
		}
	case kind.Kind() == reflect.Int64 || kind.Kind() == reflect.Float64:
		readNumber(d, value.ToFloat())
	default:
		d.Type = uint32(jsglue.Plain)
		if integer, ok := value.Export().(*big.Int); ok {
			readBigInt(d, integer)
		}
	}
}

func readNumber(d *frames.Data, number float64) {
	if integer := int32(number); float64(integer) == number {
		d.Type, d.As = uint32(jsglue.Int32), uint64(uint32(integer))
		return
	}
	d.Type, d.As = uint32(jsglue.Double), math.Float64bits(number)
}

func readBigInt(d *frames.Data, integer *big.Int) {
	d.Type, d.Flags, d.As = uint32(jsglue.BigInt), 0, 0
	switch {
	case integer.IsInt64():
		d.As = uint64(integer.Int64())
	case integer.IsUint64():
		d.As, d.Flags = integer.Uint64(), frames.Unsigned
	default:
		d.Flags = frames.Truncated
	}
}

func (m *Module) readObject(frame *frames.Frame, d *frames.Data, object *goja.Object) {
	d.Type = uint32(jsglue.Plain)
	if object.ExportType() == proxyType { // whatever it is asked would run its traps
		return
	}
	if instance := m.instance(object); instance != nil {
		d.Type = uint32(jsglue.Instance)
		d.SetInstance(instance.c)
		return
	}
	if content, ok := m.bytes(object); ok {
		d.Type = uint32(jsglue.Bytes)
		frame.Lend(d, unsafe.SliceData(content), len(content))
		return
	}
	if object.ClassName() == "Array" {
		d.Type, d.As, d.Length = uint32(jsglue.Array), 0, 0
	}
}

// isNumber distinguishes a typed array's elements from those of an array, a Map or a Set.
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

// value makes a value of a result; self is this.
func (m *Module) value(d *frames.Data, self *instance, construct *goja.Object) goja.Value {
	switch jsglue.Kind(d.Type) {
	case jsglue.Null:
		return goja.Null()
	case jsglue.Boolean:
		return m.vm.ToValue(int32(d.As) != 0)
	case jsglue.Int32:
		return m.vm.ToValue(int64(int32(d.As)))
	case jsglue.Double:
		return m.vm.ToValue(math.Float64frombits(d.As))
	case jsglue.BigInt:
		if d.Flags&frames.Unsigned != 0 {
			return m.vm.ToValue(new(big.Int).SetUint64(d.As))
		}
		return m.vm.ToValue(big.NewInt(int64(d.As)))
	case jsglue.String:
		return m.vm.ToValue(string(d.Bytes()))
	case jsglue.Bytes:
		return m.newBytes(d.Bytes())
	case jsglue.Instance:
		return m.newInstance(d.Instance(), int(d.Length), construct)
	case jsglue.Array:
		elements := d.Elements()
		made := make([]any, len(elements))
		for i := range elements {
			made[i] = m.value(&elements[i], self, nil)
		}
		return m.vm.NewArray(made...)
	case jsglue.Plain:
		return m.newObject(d.Elements(), self)
	case jsglue.Kept:
		if index := int(int32(d.As)); self != nil && index < len(self.kept) {
			return self.kept[index]
		}
	case jsglue.This:
		return self.self
	}
	return goja.Undefined()
}

// newObject makes a plain object of names and values in turn.
func (m *Module) newObject(properties []frames.Data, self *instance) goja.Value {
	made := m.vm.NewObject()
	for i := 0; i < len(properties); i += 2 {
		value := m.value(&properties[i+1], self, nil)
		err := made.DefineDataProperty(string(properties[i].Bytes()), value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		if err != nil {
			panic(err)
		}
	}
	return made
}

func (m *Module) newBytes(content []byte) goja.Value {
	buffer := m.vm.ToValue(m.vm.NewArrayBuffer(bytes.Clone(content)))
	made, err := m.builtins.uint8Array(m.builtins.uint8FFArray, buffer)
	if err != nil {
		panic(err)
	}
	return made
}

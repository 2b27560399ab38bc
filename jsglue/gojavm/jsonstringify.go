package gojavm

import (
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// jsonWriter makes the text of JSON.stringify.
type jsonWriter struct {
	vm       *VM
	text     []byte
	replacer goja.Callable
	names    []goja.Value // of the properties to write, nil for all
	gap      string
	within   []*goja.Object // enclosing arrays and objects, the innermost last
	around   map[*goja.Object]bool
	count    int
}

// jsonStringify is JSON.stringify.
func (vm *VM) jsonStringify(call goja.FunctionCall) goja.Value {
	w := &jsonWriter{vm: vm, around: map[*goja.Object]bool{}}
	if replacer, ok := call.Argument(1).(*goja.Object); ok {
		if f, ok := goja.AssertFunction(replacer); ok {
			w.replacer = f
		} else if vm.isArray(replacer) {
			w.names = vm.jsonNames(replacer)
		}
	}
	w.gap = vm.jsonGap(call.Argument(2))
	holder := vm.rt.NewObject()
	v := call.Argument(0)
	rethrow(holder.DefineDataProperty("", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
	if !w.value(holder, vm.rt.ToValue(""), v) {
		return goja.Undefined()
	}
	return vm.rt.ToValue(string(w.text))
}

// jsonNames are the names in a replacer array, each once.
func (vm *VM) jsonNames(replacer *goja.Object) []goja.Value {
	names := []goja.Value{}
	seen := map[string]bool{}
	for i := range int(toLength(replacer.Get("length"))) {
		vm.checkpoint(i)
		v := vm.get(replacer, vm.rt.ToValue(strconv.Itoa(i)))
		if object, ok := v.(*goja.Object); ok && (object.ClassName() == "String" || object.ClassName() == "Number") {
			v = vm.stringValue(object)
		}
		_, isString := v.(goja.String)
		if !isString && !isNumber(v) {
			continue
		}
		if name := v.String(); !seen[name] {
			seen[name] = true
			names = append(names, vm.stringValue(v))
		}
	}
	return names
}

func isNumber(v goja.Value) bool {
	if _, ok := v.(*goja.Object); ok || v.ExportType() == nil {
		return false
	}
	kind := v.ExportType().Kind()
	return kind == reflect.Int64 || kind == reflect.Float64
}

// jsonGap is the indentation of each level.
func (vm *VM) jsonGap(space goja.Value) string {
	if object, ok := space.(*goja.Object); ok {
		switch object.ClassName() {
		case "Number":
			space = object.ToNumber()
		case "String":
			space = vm.stringValue(object)
		}
	}
	if s, ok := space.(goja.String); ok {
		return s.Substring(0, min(s.Length(), 10)).String()
	}
	if isNumber(space) {
		return strings.Repeat(" ", int(min(toLength(space), 10)))
	}
	return ""
}

// value writes a property's value; it returns false if there is nothing to write.
func (w *jsonWriter) value(holder *goja.Object, name, v goja.Value) bool {
	w.count++
	w.vm.checkpoint(w.count)
	_, isObject := v.(*goja.Object)
	if isObject || goja.IsBigInt(v) {
		if f, ok := goja.AssertFunction(w.vm.callValue(w.vm.realm.get, goja.Undefined(), v, w.vm.rt.ToValue("toJSON"))); ok {
			v = w.vm.callValue(f, v, name)
		}
	}
	if w.replacer != nil {
		v = w.vm.callValue(w.replacer, holder, name, v)
	}
	object, isObject := v.(*goja.Object)
	if isObject {
		switch object.ClassName() {
		case "Number":
			v = object.ToNumber()
		case "String":
			v = w.vm.stringValue(object)
		case "Boolean", "BigInt":
			v = w.vm.callValue(w.vm.realm.primitive, goja.Undefined(), object)
		case "RawJSON":
			w.text = append(w.text, object.Get("rawJSON").String()...)
			return true
		}
		object, isObject = v.(*goja.Object)
	}
	switch {
	case isObject:
		if _, ok := goja.AssertFunction(object); ok {
			return false
		}
		w.nested(object)
	case goja.IsNull(v):
		w.text = append(w.text, "null"...)
	case goja.IsUndefined(v), isSymbol(v):
		return false
	case goja.IsBigInt(v):
		w.vm.throwType("BigInt cannot be written as JSON")
	case isNumber(v):
		if f := v.ToFloat(); math.IsNaN(f) || math.IsInf(f, 0) {
			w.text = append(w.text, "null"...)
		} else {
			w.text = append(w.text, v.String()...)
		}
	default:
		if s, ok := v.(goja.String); ok {
			w.quote(s)
		} else {
			w.text = append(w.text, v.String()...) // true or false
		}
	}
	if len(w.text) > maxStringLength {
		w.vm.throwRange("invalid string length")
	}
	return true
}

func (w *jsonWriter) nested(object *goja.Object) {
	if w.around[object] {
		w.vm.throwType("a circular structure cannot be written as JSON")
	}
	if len(w.within) >= maxJSONDepth {
		w.vm.throwInternal("the value is nested too deep for JSON")
	}
	w.around[object] = true
	w.within = append(w.within, object)
	if w.vm.isArray(object) {
		w.array(object)
	} else {
		w.object(object)
	}
	w.within = w.within[:len(w.within)-1]
	delete(w.around, object)
}

func (w *jsonWriter) newLine() {
	if w.gap == "" {
		return
	}
	w.text = append(w.text, '\n')
	for range w.within {
		w.text = append(w.text, w.gap...)
	}
}

// end writes the closing bracket of an array or object.
func (w *jsonWriter) end(bracket byte, empty bool) {
	if !empty && w.gap != "" {
		w.text = append(w.text, '\n')
		for range len(w.within) - 1 {
			w.text = append(w.text, w.gap...)
		}
	}
	w.text = append(w.text, bracket)
}

func (w *jsonWriter) array(array *goja.Object) {
	w.text = append(w.text, '[')
	length := int(toLength(array.Get("length")))
	for i := range length {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		w.newLine()
		index := strconv.Itoa(i)
		v := array.Get(index)
		if v == nil {
			v = goja.Undefined()
		}
		if !w.value(array, w.vm.rt.ToValue(index), v) {
			w.text = append(w.text, "null"...)
		}
	}
	w.end(']', length == 0)
}

func (w *jsonWriter) object(object *goja.Object) {
	w.text = append(w.text, '{')
	names := w.names
	if names == nil {
		names = w.vm.keys(object)
	}
	empty := true
	for _, name := range names {
		before := len(w.text)
		if !empty {
			w.text = append(w.text, ',')
		}
		w.newLine()
		w.quote(name.(goja.String))
		w.text = append(w.text, ':')
		if w.gap != "" {
			w.text = append(w.text, ' ')
		}
		if w.value(object, name, w.vm.get(object, name)) {
			empty = false
		} else {
			w.text = w.text[:before]
		}
	}
	w.end('}', empty)
}

const hexDigits = "0123456789abcdef"

func (w *jsonWriter) quote(s goja.String) {
	w.text = append(w.text, '"')
	length := s.Length()
	for i := 0; i < length; i++ {
		switch u := s.CharAt(i); u {
		case '"', '\\':
			w.text = append(w.text, '\\', byte(u))
		case '\b':
			w.text = append(w.text, `\b`...)
		case '\f':
			w.text = append(w.text, `\f`...)
		case '\n':
			w.text = append(w.text, `\n`...)
		case '\r':
			w.text = append(w.text, `\r`...)
		case '\t':
			w.text = append(w.text, `\t`...)
		default:
			switch {
			case u < ' ':
				w.escape(u)
			case u < utf8.RuneSelf:
				w.text = append(w.text, byte(u))
			case u < 0xd800 || u >= 0xe000:
				w.text = utf8.AppendRune(w.text, rune(u))
			case u < 0xdc00 && i+1 < length && s.CharAt(i+1) >= 0xdc00 && s.CharAt(i+1) < 0xe000:
				i++
				w.text = utf8.AppendRune(w.text, (rune(u)-0xd800)<<10+rune(s.CharAt(i))-0xdc00+0x10000)
			default:
				w.escape(u)
			}
		}
	}
	w.text = append(w.text, '"')
}

func (w *jsonWriter) escape(u uint16) {
	w.text = append(w.text, '\\', 'u', hexDigits[u>>12], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
}

// initJSON replaces goja's JSON functions, which recurse as deep as the data is
// nested and cannot be interrupted.
func (vm *VM) initJSON() {
	json := vm.global("JSON")
	vm.patchMethod(json, "parse", func(nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			v := vm.jsonParse(vm.stringValue(call.Argument(0)))
			if reviver, ok := goja.AssertFunction(call.Argument(1)); ok {
				root := vm.rt.NewObject()
				vm.setOwn(root, vm.rt.ToValue(""), v)
				return vm.revive(reviver, root, vm.rt.ToValue(""), 0)
			}
			return v
		}
	})
	vm.patchMethod(json, "stringify", func(nativeFunc) nativeFunc { return vm.jsonStringify })
}

package gojavm

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// textEncodings are the encodings that a TextDecoder knows, by their labels.
var textEncodings = map[string]string{
	"unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8", "utf-8": "utf-8", "utf8": "utf-8",
	"x-unicode20utf8": "utf-8",
	"csunicode":       "utf-16le",
	"iso-10646-ucs-2": "utf-16le",
	"ucs-2":           "utf-16le",
	"unicode":         "utf-16le",
	"unicodefeff":     "utf-16le",
	"utf-16":          "utf-16le",
	"utf-16le":        "utf-16le",
	"unicodefffe":     "utf-16be",
	"utf-16be":        "utf-16be",
}

// textDecoder decodes a stream of bytes as the Encoding Standard says.
type textDecoder struct {
	// next takes one code point, or one replaced error, from the start of bytes: its size is 0 if
	// more bytes are needed.
	next      func(bytes []byte, last bool) (r rune, size int, valid bool)
	fatal     bool
	ignoreBOM bool

	pending []byte // of an incomplete code point
	started bool   // the byte order mark has been read
}

// newTextDecoder makes the native part of a TextDecoder from the arguments label, fatal and
// ignoreBOM.
func (vm *VM) newTextDecoder(call goja.FunctionCall) goja.Value {
	label := toString(vm, call.Argument(0))
	encoding, ok := textEncodings[strings.ToLower(strings.Trim(label, "\t\n\f\r "))]
	if !ok {
		vm.throwRange("TextDecoder: no encoding " + label + "; there are utf-8, utf-16le and utf-16be")
	}
	d := &textDecoder{fatal: call.Argument(1).ToBoolean(), ignoreBOM: call.Argument(2).ToBoolean()}
	switch encoding {
	case "utf-8":
		d.next = nextUTF8
	case "utf-16le":
		d.next = nextUTF16(func(b []byte) rune { return rune(b[0]) | rune(b[1])<<8 })
	case "utf-16be":
		d.next = nextUTF16(func(b []byte) rune { return rune(b[0])<<8 | rune(b[1]) })
	}
	made := vm.rt.NewObject()
	rethrow(made.Set("encoding", encoding))
	rethrow(made.Set("decode", vm.newFunc("decode", 2, func(call goja.FunctionCall) goja.Value {
		var input []byte
		if v := call.Argument(0); !goja.IsUndefined(v) {
			if input, ok = vm.Bytes(v); !ok {
				vm.throwType("TextDecoder: not an ArrayBuffer, a typed array or an FFArray")
			}
		}
		text, valid := d.decode(input, !call.Argument(1).ToBoolean())
		if !valid {
			vm.throwType("TextDecoder: the bytes are not " + encoding)
		}
		return vm.rt.ToValue(text)
	})))
	return made
}

// decode decodes bytes; last reports that no more follow. It returns false at a fatal error.
func (d *textDecoder) decode(input []byte, last bool) (string, bool) {
	input = append(d.pending, input...)
	d.pending = nil
	var text strings.Builder
	text.Grow(len(input))
	for len(input) > 0 {
		r, size, valid := d.next(input, last)
		if size == 0 {
			d.pending = append([]byte(nil), input...)
			break
		}
		if !valid && d.fatal {
			d.started = false
			return "", false
		}
		input = input[size:]
		if d.started || d.ignoreBOM || r != '\uFEFF' {
			text.WriteRune(r)
		}
		d.started = true
	}
	if last {
		d.started = false
	}
	return text.String(), true
}

// nextUTF8 replaces the longest valid beginning of an invalid code point.
func nextUTF8(b []byte, last bool) (r rune, size int, valid bool) {
	r, size = utf8.DecodeRune(b)
	if r != utf8.RuneError || size > 1 {
		return r, size, true
	}
	low, high, length := byte(0x80), byte(0xBF), 0
	switch c := b[0]; {
	case c >= 0xC2 && c <= 0xDF:
		length = 2
	case c >= 0xE0 && c <= 0xEF:
		length = 3
	case c >= 0xF0 && c <= 0xF4:
		length = 4
	default:
		return utf8.RuneError, 1, false
	}
	switch b[0] {
	case 0xE0:
		low = 0xA0
	case 0xED:
		high = 0x9F
	case 0xF0:
		low = 0x90
	case 0xF4:
		high = 0x8F
	}
	for size = 1; size < length && size < len(b); size++ {
		if b[size] < low || b[size] > high {
			return utf8.RuneError, size, false
		}
		low, high = 0x80, 0xBF
	}
	if !last {
		return 0, 0, true // the code point is incomplete
	}
	return utf8.RuneError, size, false
}

// nextUTF16 is next for UTF-16, whose code units are read by unit.
func nextUTF16(unit func([]byte) rune) func(b []byte, last bool) (rune, int, bool) {
	return func(b []byte, last bool) (rune, int, bool) {
		if len(b) < 2 {
			if last {
				return utf8.RuneError, len(b), false
			}
			return 0, 0, true
		}
		first := unit(b)
		switch {
		case first < 0xD800 || first > 0xDFFF:
			return first, 2, true
		case first >= 0xDC00:
			return utf8.RuneError, 2, false
		case len(b) < 4 && !last:
			return 0, 0, true
		case len(b) < 4:
			return utf8.RuneError, len(b), false
		}
		second := unit(b[2:])
		if second < 0xDC00 || second > 0xDFFF {
			return utf8.RuneError, 2, false
		}
		return 0x10000 + (first-0xD800)<<10 + (second - 0xDC00), 4, true
	}
}

// encodeUTF8 is TextEncoder's encode(text).
func (vm *VM) encodeUTF8(call goja.FunctionCall) goja.Value {
	buffer := vm.rt.ToValue(vm.rt.NewArrayBuffer([]byte(toString(vm, call.Argument(0)))))
	return vm.newUint8Array(buffer)
}

// encodeInto is TextEncoder's encodeInto(text, array): {read, written}, in code units and bytes.
func (vm *VM) encodeInto(call goja.FunctionCall) goja.Value {
	text := toString(vm, call.Argument(0))
	target, _ := vm.Bytes(call.Argument(1))
	read, written := 0, 0
	for _, r := range text {
		size := utf8.RuneLen(r)
		if written+size > len(target) {
			break
		}
		written += utf8.EncodeRune(target[written:], r)
		read++
		if r >= 0x10000 {
			read++
		}
	}
	result := vm.rt.NewObject()
	vm.setInts(result, map[string]int{"read": read, "written": written})
	return result
}

// newUint8Array makes a plain Uint8Array of a whole ArrayBuffer.
func (vm *VM) newUint8Array(buffer goja.Value) goja.Value {
	array, err := vm.ff.uint8Array(nil, buffer)
	rethrow(err)
	return array
}

package gojavm

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf16"

	"github.com/dop251/goja"
)

// maxJSONDepth limits the nesting of arrays and objects in a JSON text.
const maxJSONDepth = 10000

// jsonParser reads a JSON text of bytes or of UTF-16 units.
type jsonParser[unit byte | uint16] struct {
	vm    *VM
	text  []unit
	at    int
	depth int
	count int // of values
}

// jsonParse is JSON.parse without the reviver.
func (vm *VM) jsonParse(text goja.String) goja.Value {
	length := text.Length()
	if s := text.String(); len(s) == length {
		return parseJSON(vm, []byte(s))
	}
	units := make([]uint16, length)
	for i := range units {
		units[i] = text.CharAt(i)
	}
	return parseJSON(vm, units)
}

func parseJSON[unit byte | uint16](vm *VM, text []unit) goja.Value {
	p := &jsonParser[unit]{vm: vm, text: text}
	p.space()
	v := p.value()
	p.space()
	if p.at < len(p.text) {
		p.fail()
	}
	return v
}

func (p *jsonParser[unit]) fail() {
	if p.at >= len(p.text) {
		panic(p.vm.newError(p.vm.classes.syntaxError, "unexpected end of JSON input"))
	}
	panic(p.vm.newError(p.vm.classes.syntaxError,
		fmt.Sprintf("unexpected token %q in JSON at position %d", string(rune(p.text[p.at])), p.at)))
}

func (p *jsonParser[unit]) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// next is the current unit, 0 at the end.
func (p *jsonParser[unit]) next() unit {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *jsonParser[unit]) expect(u unit) {
	if p.next() != u {
		p.fail()
	}
	p.at++
}

func (p *jsonParser[unit]) value() goja.Value {
	p.count++
	p.vm.checkpoint(p.count)
	switch u := p.next(); {
	case u == '{':
		return p.nested(p.object)
	case u == '[':
		return p.nested(p.array)
	case u == '"':
		return p.string()
	case u == '-' || u >= '0' && u <= '9':
		return p.number()
	case u == 't':
		return p.word("true", p.vm.rt.ToValue(true))
	case u == 'f':
		return p.word("false", p.vm.rt.ToValue(false))
	case u == 'n':
		return p.word("null", goja.Null())
	}
	p.fail()
	return nil
}

func (p *jsonParser[unit]) word(word string, v goja.Value) goja.Value {
	for i := range word {
		p.expect(unit(word[i]))
	}
	return v
}

func (p *jsonParser[unit]) nested(read func() goja.Value) goja.Value {
	p.depth++
	if p.depth > maxJSONDepth {
		p.vm.throwInternal("JSON is nested too deep")
	}
	p.at++
	p.space()
	v := read()
	p.depth--
	return v
}

func (p *jsonParser[unit]) array() goja.Value {
	var items []any
	if p.next() == ']' {
		p.at++
		return p.vm.rt.NewArray()
	}
	for {
		items = append(items, p.value())
		p.space()
		if p.next() == ']' {
			p.at++
			return p.vm.rt.NewArray(items...)
		}
		p.expect(',')
		p.space()
	}
}

func (p *jsonParser[unit]) object() goja.Value {
	object := p.vm.rt.NewObject()
	if p.next() == '}' {
		p.at++
		return object
	}
	for {
		if p.next() != '"' {
			p.fail()
		}
		name := p.string()
		p.space()
		p.expect(':')
		p.space()
		p.vm.setOwn(object, name, p.value())
		p.space()
		if p.next() == '}' {
			p.at++
			return object
		}
		p.expect(',')
		p.space()
	}
}

func (p *jsonParser[unit]) digits() {
	if u := p.next(); u < '0' || u > '9' {
		p.fail()
	}
	for p.next() >= '0' && p.next() <= '9' {
		p.at++
	}
}

func (p *jsonParser[unit]) number() goja.Value {
	start := p.at
	if p.next() == '-' {
		p.at++
	}
	if p.next() == '0' {
		p.at++
	} else {
		p.digits()
	}
	whole := true
	if p.next() == '.' {
		whole = false
		p.at++
		p.digits()
	}
	if p.next() == 'e' || p.next() == 'E' {
		whole = false
		p.at++
		if p.next() == '+' || p.next() == '-' {
			p.at++
		}
		p.digits()
	}
	text := p.text[start:p.at]
	if whole && len(text) <= 15 {
		n, sign := int64(0), int64(1)
		for _, u := range text {
			if u == '-' {
				sign = -1
			} else {
				n = n*10 + int64(u-'0')
			}
		}
		if n != 0 || sign > 0 {
			return p.vm.rt.ToValue(sign * n)
		}
		return p.vm.rt.ToValue(math.Copysign(0, -1))
	}
	bytes := make([]byte, len(text))
	for i, u := range text {
		bytes[i] = byte(u)
	}
	f, _ := strconv.ParseFloat(string(bytes), 64) // of a number that is too large: infinity
	return p.vm.rt.ToValue(f)
}

// string reads a string; one without escapes in one piece.
func (p *jsonParser[unit]) string() goja.Value {
	p.at++
	start := p.at
	for p.at < len(p.text) {
		switch u := p.text[p.at]; {
		case u == '"':
			p.at++
			return p.vm.stringOf(toUnits(p.text[start : p.at-1]))
		case u == '\\':
			return p.escapedString(start)
		case u < ' ':
			p.fail()
		}
		p.at++
	}
	p.fail()
	return nil
}

func toUnits[unit byte | uint16](text []unit) []uint16 {
	units := make([]uint16, len(text))
	for i, u := range text {
		units[i] = uint16(u)
	}
	return units
}

var jsonEscapes = map[uint16]uint16{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *jsonParser[unit]) escapedString(start int) goja.Value {
	units := toUnits(p.text[start:p.at])
	for p.at < len(p.text) {
		u := uint16(p.text[p.at])
		switch {
		case u == '"':
			p.at++
			return p.vm.stringOf(units)
		case u < ' ':
			p.fail()
		case u == '\\':
			p.at++
			u = p.escape()
		}
		units = append(units, u)
		p.at++
	}
	p.fail()
	return nil
}

// escape reads the rest of an escape, except its last unit.
func (p *jsonParser[unit]) escape() uint16 {
	if u, ok := jsonEscapes[uint16(p.next())]; ok {
		return u
	}
	if p.next() != 'u' {
		p.fail()
	}
	n := uint16(0)
	for range 4 {
		p.at++
		digit, err := strconv.ParseUint(string(rune(p.next())), 16, 16)
		if err != nil {
			p.fail()
		}
		n = n<<4 | uint16(digit)
	}
	return n
}

// stringOf makes a string of UTF-16 units.
func (vm *VM) stringOf(units []uint16) goja.Value {
	for _, u := range units {
		if u >= 0x80 {
			return goja.StringFromUTF16(units)
		}
	}
	return vm.rt.ToValue(string(utf16.Decode(units)))
}

// revive is JSON.parse's walk with the reviver.
func (vm *VM) revive(reviver goja.Callable, holder *goja.Object, name goja.Value, depth int) goja.Value {
	if depth > maxJSONDepth {
		vm.throwInternal("JSON is nested too deep")
	}
	v := vm.get(holder, name)
	if object, ok := v.(*goja.Object); ok {
		each := func(i int, key goja.Value) {
			vm.checkpoint(i)
			if revived := vm.revive(reviver, object, key, depth+1); goja.IsUndefined(revived) {
				vm.callValue(vm.realm.remove, goja.Undefined(), object, key)
			} else {
				vm.setOwn(object, key, revived)
			}
		}
		if vm.isArray(object) {
			for i := range int(toLength(object.Get("length"))) {
				each(i, vm.rt.ToValue(strconv.Itoa(i)))
			}
		} else {
			for i, key := range vm.keys(object) {
				each(i, key)
			}
		}
	}
	return vm.callValue(reviver, holder, name, v)
}

package gojavm

import (
	"strings"
	"unicode/utf16"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// withIndices adds the place of each group to a result of exec, if the RegExp has the flag d.
func (vm *VM) withIndices(call goja.FunctionCall, found goja.Value) goja.Value {
	result, ok := found.(*goja.Object)
	if !ok {
		return found
	}
	pattern, ok := patternOf(call.This)
	if !ok {
		return found
	}
	if flags := call.This.(*goja.Object).GetSymbol(regexpFlags); isNullish(flags) || !strings.Contains(flags.String(), "d") {
		return found
	}
	if pattern.Field(otherField).IsNil() {
		vm.compileOther(pattern)
	}
	rx := (*regexp2.Regexp)(pattern.Field(otherField).Elem().Field(otherRegexp).UnsafePointer())
	input := result.Get("input").(goja.String)
	runes, units := codePoints(input, pattern.FieldByName("unicode").Bool())
	start := 0
	for start < len(units) && int64(units[start]) < result.Get("index").ToInteger() {
		start++
	}
	match, err := rx.FindRunesMatchStartingAt(runes, start)
	if err != nil || match == nil {
		return found // interrupted
	}
	indices := make([]any, len(match.Groups()))
	groups := goja.Value(goja.Undefined())
	if named, ok := result.Get("groups").(*goja.Object); ok {
		groups = vm.rt.CreateObject(nil)
		for _, name := range named.Keys() {
			rethrow(groups.(*goja.Object).Set(name, goja.Undefined()))
		}
	}
	for i, group := range match.Groups() {
		indices[i] = goja.Undefined()
		if goja.IsUndefined(result.Get(vm.rt.ToValue(i).String())) {
			continue
		}
		place := vm.rt.NewArray(units[group.RuneIndex], units[group.RuneIndex+group.RuneLength])
		indices[i] = place
		if named, ok := groups.(*goja.Object); ok && named.Get(group.Name) != nil {
			rethrow(named.Set(group.Name, place))
		}
	}
	list := vm.rt.NewArray(indices...)
	rethrow(list.DefineDataProperty("groups", groups, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
	rethrow(result.DefineDataProperty("indices", list, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
	return result
}

// codePoints returns the characters of a string as a regular expression reads them, and the offset
// of each and of the end in UTF-16 code units.
func codePoints(s goja.String, full bool) (runes []rune, units []int) {
	length := s.Length()
	for i := 0; i < length; i++ {
		units = append(units, i)
		r := rune(s.CharAt(i))
		if full && i+1 < length {
			if pair := utf16.DecodeRune(r, rune(s.CharAt(i+1))); pair != '\ufffd' {
				r = pair
				i++
			}
		}
		runes = append(runes, r)
	}
	return runes, append(units, length)
}

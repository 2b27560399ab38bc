package gojavm

import (
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// The size limits for objects of scripts. A larger size is a RangeError, before memory is
// allocated: Go ends the process if it is exhausted.
const (
	maxStringLength = 1<<29 - 24 // UTF-16 units, as in V8
	maxBufferLength = 1<<31 - 1  // bytes, as in QuickJS
	maxElements     = 1 << 27    // in the result of one call for an array
	maxArguments    = 1 << 20    // of one call, by apply
	maxBigIntBits   = 1 << 24
)

// elementSize is the number of bytes of an array's element in goja.
const elementSize = 16

// claimed is the size from which on the memory limit is checked before an allocation.
const claimed = 1 << 16

// claim throws unless bytes of memory may be allocated.
func (vm *VM) claim(bytes float64) {
	if bytes >= claimed && !vm.memory.allows(bytes) {
		vm.throwRange("out of memory: the limit of the script does not allow it")
	}
}

func (vm *VM) checkStringLength(length float64) {
	if length > maxStringLength {
		vm.throwRange("invalid string length")
	}
	vm.claim(length)
}

func (vm *VM) checkElements(count float64) {
	if count > maxElements {
		vm.throwRange("invalid array length")
	}
	vm.claim(count * elementSize)
}

func (vm *VM) checkBufferLength(bytes float64) {
	if bytes > maxBufferLength {
		vm.throwRange("invalid array buffer length")
	}
	vm.claim(bytes)
}

// toLength is JavaScript's ToLength.
func toLength(v goja.Value) float64 {
	if v == nil {
		return 0
	}
	f := math.Trunc(toNumber(v))
	if !(f > 0) {
		return 0
	}
	return min(f, 1<<53-1)
}

func stringLength(v goja.Value) float64 {
	if s, ok := v.(goja.String); ok {
		return float64(s.Length())
	}
	return 0
}

// limitSizes patches the built-in functions whose arguments determine the size of a result.
func (vm *VM) limitSizes() {
	vm.limitBuffers()
	vm.limitStrings()
	vm.limitArrays()
	vm.limitArguments()
	vm.limitBigInts()
}

func (vm *VM) limitBuffers() {
	vm.patchClass(vm.global("ArrayBuffer"), func(args []goja.Value) []goja.Value {
		if len(args) == 0 {
			return args
		}
		length := toPrimitiveNumber(args[0])
		vm.checkBufferLength(toLength(length))
		return withArgument(args, 0, length)
	})
	for name, size := range map[string]float64{
		"Uint8Array": 1, "Uint8ClampedArray": 1, "Int8Array": 1, "Uint16Array": 2, "Int16Array": 2, "Uint32Array": 4,
		"Int32Array": 4, "Float32Array": 4, "Float64Array": 8, "BigInt64Array": 8, "BigUint64Array": 8,
	} {
		vm.patchClass(vm.global(name), func(args []goja.Value) []goja.Value {
			if len(args) == 0 {
				return args
			}
			object, ok := args[0].(*goja.Object)
			if !ok {
				if !goja.IsBigInt(args[0]) && !isSymbol(args[0]) {
					vm.checkBufferLength(toLength(args[0]) * size)
				}
			} else if elements, ok := dense(object); ok {
				vm.checkBufferLength(float64(len(elements)) * size)
			} else if object.ClassName() == "Object" {
				vm.checkArrayLike(object, func(length float64) { vm.checkBufferLength(length * size) })
			}
			return args
		})
	}
	typed := vm.global("Uint8Array").Prototype()
	vm.patchMethod(typed, "from", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if object, ok := call.Argument(0).(*goja.Object); ok {
				vm.checkArrayLike(object, func(length float64) { vm.checkBufferLength(length * 8) })
			}
			return next(call)
		}
	})
	vm.patchMethod(typed.Get("prototype").(*goja.Object), "join", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if object, ok := call.This.(*goja.Object); ok && len(call.Arguments) > 0 && !goja.IsUndefined(call.Arguments[0]) {
				separator := vm.stringValue(call.Arguments[0])
				if length := object.Get("length"); length != nil {
					vm.checkStringLength(toLength(length) * stringLength(separator))
				}
				call.Arguments = withArgument(call.Arguments, 0, separator)
			}
			return next(call)
		}
	})
}

func isSymbol(v goja.Value) bool {
	_, ok := v.(*goja.Symbol)
	return ok
}

// checkArrayLike calls check with the length of an object that is not iterable, and is therefore
// read as an array.
func (vm *VM) checkArrayLike(object *goja.Object, check func(length float64)) {
	if iterator := object.GetSymbol(goja.SymIterator); isNullish(iterator) {
		check(toLength(object.Get("length")))
	}
}

func (vm *VM) limitStrings() {
	proto := vm.global("String", "prototype")
	pad := func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if len(call.Arguments) == 0 || isNullish(call.This) {
				return next(call)
			}
			call.This = vm.stringValue(call.This)
			length := toPrimitiveNumber(call.Arguments[0])
			call.Arguments = withArgument(call.Arguments, 0, length)
			// Without a fill string the length does not matter.
			if fill := call.Argument(1); goja.IsUndefined(fill) {
				vm.checkStringLength(toLength(length))
			} else if toLength(length) > stringLength(call.This) {
				fill = vm.stringValue(fill)
				call.Arguments = withArgument(call.Arguments, 1, fill)
				if stringLength(fill) > 0 {
					vm.checkStringLength(toLength(length))
				}
			}
			return next(call)
		}
	}
	vm.patchMethod(proto, "padStart", pad)
	vm.patchMethod(proto, "padEnd", pad)
	vm.patchMethod(proto, "repeat", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if len(call.Arguments) > 0 && !isNullish(call.This) {
				call.This = vm.stringValue(call.This)
				count := toPrimitiveNumber(call.Arguments[0])
				call.Arguments = withArgument(call.Arguments, 0, count)
				if f := toNumber(count); !math.IsInf(f, 0) {
					vm.checkStringLength(toLength(count) * stringLength(call.This))
				}
			}
			return next(call)
		}
	})
	vm.patchMethod(proto, "concat", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if isNullish(call.This) {
				return next(call)
			}
			call.This = vm.stringValue(call.This)
			total := stringLength(call.This)
			texts := make([]goja.Value, len(call.Arguments))
			for i, argument := range call.Arguments {
				texts[i] = vm.stringValue(argument)
				total += stringLength(texts[i])
			}
			vm.checkStringLength(total)
			call.Arguments = texts
			return next(call)
		}
	})
	// The result of each of these has at most so many bytes for each unit.
	for name, growth := range map[string]float64{
		"toUpperCase": 3, "toLowerCase": 3, "toLocaleUpperCase": 3, "toLocaleLowerCase": 3, "normalize": 18,
	} {
		vm.patchMethod(proto, name, vm.limitGrowth(growth, func(call goja.FunctionCall) goja.Value { return call.This }))
	}
	for name, growth := range map[string]float64{
		"encodeURIComponent": 9, "encodeURI": 9, "escape": 6, "decodeURIComponent": 2, "decodeURI": 2, "unescape": 2,
	} {
		vm.patch(vm.global(name), vm.limitGrowth(growth, func(call goja.FunctionCall) goja.Value { return call.Argument(0) }))
	}
	vm.limitReplacing(proto)
	vm.patchMethod(proto, "split", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if s, ok := call.Argument(0).(goja.String); ok && s.Length() == 0 && stringLength(call.This) > maxSparse {
				vm.throwRange("invalid array length")
			}
			return next(call)
		}
	})
}

// limitGrowth limits a function whose result is at most growth times as large as its argument. It
// passes small arguments at once.
func (vm *VM) limitGrowth(growth float64, argument func(goja.FunctionCall) goja.Value) func(nativeFunc) nativeFunc {
	return func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if length := stringLength(argument(call)); length*growth > claimed {
				vm.claim(length * growth)
				if length*growth > maxBufferLength {
					vm.throwRange("invalid string length")
				}
			}
			return next(call)
		}
	}
}

// limitReplacing limits functions that replace many matches.
func (vm *VM) limitReplacing(proto *goja.Object) {
	vm.patchMethod(proto, "replace", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if _, ok := call.Argument(0).(*goja.Object); !ok && !isNullish(call.This) {
				call = vm.countReplaced(call, vm.stringValue(call.This), 1)
			}
			return next(call)
		}
	})
	vm.patchMethod(proto, "replaceAll", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if _, ok := call.Argument(0).(*goja.Object); !ok && !isNullish(call.This) {
				text := vm.stringValue(call.This)
				call = vm.countReplaced(call, text, stringLength(text)+1)
			}
			return next(call)
		}
	})
	vm.patch(vm.global("RegExp", "prototype").GetSymbol(goja.SymReplace).(*goja.Object), func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if text, ok := call.Argument(0).(goja.String); ok {
				replaced := goja.FunctionCall{This: call.This, Arguments: []goja.Value{text, call.Argument(1)}}
				call = vm.countReplaced(replaced, text, stringLength(text)+1)
			}
			return next(call)
		}
	})
}

// countReplaced prepares a call that replaces up to matches matches in a text by its second
// argument. If the result could be too long, that argument becomes a function that counts.
func (vm *VM) countReplaced(call goja.FunctionCall, text goja.Value, matches float64) goja.FunctionCall {
	if len(call.Arguments) < 2 {
		return call
	}
	with, ok := goja.AssertFunction(call.Arguments[1])
	if !ok {
		template := vm.stringValue(call.Arguments[1])
		call.Arguments = withArgument(call.Arguments, 1, template)
		// "$`" stands for all of the text before the match, and so on.
		longest := stringLength(template) + float64(strings.Count(template.String(), "$"))*stringLength(text)
		if stringLength(text)+matches*longest <= maxStringLength {
			return call
		}
		f, _ := goja.AssertFunction(vm.callValue(vm.lateFunction(lateBuiltins, "replacer"), goja.Undefined(), template))
		with = f
	}
	total := stringLength(text)
	call.Arguments = withArgument(call.Arguments, 1, vm.newFunc("", 0, func(match goja.FunctionCall) goja.Value {
		made := vm.stringValue(vm.callValue(with, goja.Undefined(), match.Arguments...))
		total += stringLength(made)
		vm.checkStringLength(total)
		vm.CheckInterrupt()
		return made
	}))
	return call
}

// limitJoin limits the result of joining an array. If all elements are primitive values, its length
// is known in advance.
func (vm *VM) limitJoin(next nativeFunc) nativeFunc {
	return func(call goja.FunctionCall) goja.Value {
		object, ok := call.This.(*goja.Object)
		if !ok {
			return next(call)
		}
		length, ok := ownLength(object)
		if !ok {
			return next(call)
		}
		elements, ok := dense(object)
		separator := goja.Value(vm.rt.ToValue(","))
		if argument := call.Argument(0); !goja.IsUndefined(argument) {
			separator = vm.stringValue(argument)
			call.Arguments = withArgument(call.Arguments, 0, separator)
		}
		total := (length - 1) * stringLength(separator)
		vm.checkElements(length)
		vm.checkStringLength(total)
		plain := ok
		for _, v := range elements {
			if _, isObject := v.(*goja.Object); isObject {
				plain = false
				break
			}
			total += stringLength(v)
		}
		if plain {
			vm.checkStringLength(total)
			return next(call)
		}
		return vm.join(object, int(length), separator.(goja.String))
	}
}

// join is Array.prototype.join with a limit; an array inside itself is the empty string.
func (vm *VM) join(object *goja.Object, length int, separator goja.String) goja.Value {
	if slices.Contains(vm.joining, object) {
		return vm.rt.ToValue("")
	}
	vm.joining = append(vm.joining, object)
	defer func() { vm.joining = vm.joining[:len(vm.joining)-1] }()
	var text goja.StringBuilder
	total := 0
	for i := range length {
		vm.checkpoint(i)
		if i > 0 {
			text.WriteString(separator)
			total += separator.Length()
		}
		if v := object.Get(strconv.Itoa(i)); !isNullish(v) {
			s := vm.stringValue(v)
			total += s.Length()
			vm.checkStringLength(float64(total))
			text.WriteString(s)
		}
	}
	return text.String()
}

// stringValue is ToString, as a string of the engine.
func (vm *VM) stringValue(v goja.Value) goja.String {
	if isSymbol(v) {
		vm.throwType("cannot convert symbol to string")
	}
	s, ok := v.ToString().(goja.String)
	if !ok { // such as a number
		s = vm.rt.ToValue(v.String()).(goja.String)
	}
	return s
}

func (vm *VM) limitArrays() {
	proto := vm.global("Array", "prototype")
	// For a long array without elements these allocate memory for all of them.
	for _, name := range []string{
		"fill", "splice", "toSpliced", "with", "toReversed", "toSorted", "sort", "map", "unshift", "reverse", "copyWithin", "filter",
		"lastIndexOf", "indexOf", "includes", "shift", "slice", "concat", "find", "findLast", "findIndex", "findLastIndex", "forEach",
		"some", "every", "reduce", "reduceRight",
	} {
		vm.patchMethod(proto, name, vm.limitLength(name))
	}
	vm.patchMethod(proto, "join", vm.limitJoin)
	vm.patchMethod(vm.global("Array"), "from", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if object, ok := call.Argument(0).(*goja.Object); ok && object.ClassName() == "Object" {
				vm.checkArrayLike(object, vm.checkElements)
			}
			return next(call)
		}
	})
}

// limitLength passes an array of more than maxElements elements to the version of the method in
// JavaScript, if there is one, since that can be interrupted.
func (vm *VM) limitLength(name string) func(nativeFunc) nativeFunc {
	return func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			object, ok := call.This.(*goja.Object)
			if !ok {
				return next(call)
			}
			if isPlainArray(object) && isFilled(object) {
				return next(call)
			}
			if length, ok := ownLength(object); ok && length > maxSparse {
				if slow := vm.lateFunction(lateBuiltins, "longArrays", name); slow != nil {
					v, err := slow(call.This, call.Arguments...)
					rethrow(err)
					return v
				}
				vm.throwRange("invalid array length")
			}
			return next(call)
		}
	}
}

// isFilled reports whether a plain array is short or has all its elements.
func isFilled(array *goja.Object) bool {
	self := reflect.ValueOf(array).Elem().Field(selfField).Elem().Elem()
	length := self.Field(lengthField).Uint()
	return length <= maxSparse || uint64(self.Field(valuesField).Len()) == length
}

// The fields of a plain array in goja; readArrayLayout sets them.
var lengthField, valuesField int

func readArrayLayout() {
	lengthField = mustField(plainArray.Elem(), "length")
	valuesField = mustField(plainArray.Elem(), "values")
}

// maxSparse is the length from which on goja's own loops, which count each index and cannot be
// interrupted, would take long.
const maxSparse = 1 << 24

// ownLength is the length of an object that has it as a data property.
func ownLength(object *goja.Object) (float64, bool) {
	if isProxy(object) {
		return 0, false
	}
	return toLength(object.Get("length")), true
}

func (vm *VM) limitArguments() {
	check := func(i int) func(nativeFunc) nativeFunc {
		return func(next nativeFunc) nativeFunc {
			return func(call goja.FunctionCall) goja.Value {
				if list, ok := call.Argument(i).(*goja.Object); ok {
					if length, ok := ownLength(list); ok && length > maxArguments {
						vm.throwRange("too many arguments in a function call")
					}
				}
				return next(call)
			}
		}
	}
	vm.patchMethod(vm.global("Function", "prototype"), "apply", check(1))
	vm.patchMethod(vm.global("Reflect"), "apply", check(2))
	vm.patchMethod(vm.global("Reflect"), "construct", check(1))
}

// limitBigInts makes asIntN and asUintN treat more bits than a BigInt can have as all of them.
func (vm *VM) limitBigInts() {
	bigInt := vm.global("BigInt")
	for _, name := range []string{"asIntN", "asUintN"} {
		vm.patchMethod(bigInt, name, func(next nativeFunc) nativeFunc {
			return func(call goja.FunctionCall) goja.Value {
				if len(call.Arguments) < 2 {
					return next(call)
				}
				bits := toPrimitiveNumber(call.Arguments[0])
				if toNumber(bits) > maxBigIntBits && toNumber(bits) < 1<<53 {
					if n := call.Arguments[1]; goja.IsBigInt(n) && n.Export().(*big.Int).Sign() < 0 && name == "asUintN" {
						vm.throwRange("invalid BigInt length")
					}
					bits = vm.rt.ToValue(maxBigIntBits)
				}
				call.Arguments = withArgument(call.Arguments, 0, bits)
				return next(call)
			}
		})
	}
	vm.patch(bigInt, func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if stringLength(call.Argument(0)) > maxBigIntBits/64 {
				vm.throwRange("invalid BigInt length")
			}
			return next(call)
		}
	})
}

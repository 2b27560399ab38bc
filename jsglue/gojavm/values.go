package gojavm

import (
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
	"github.com/zmqjs/zmqjs/jsglue/internal/cerrno"
)

// classes are constructors and functions of the VM's realm. Native functions use them
// instead of the globals, which scripts may overwrite.
type classes struct {
	plainError, rangeError, referenceError, syntaxError, internalError *goja.Object
	preventExtensions, stringOf                                        goja.Callable
}

// Stacks omit frames of bundleName.
var stringOfProgram = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile(bundleName, "(value) => `${value}`", true)
})

func (vm *VM) initClasses() {
	get := func(name string) *goja.Object { return vm.rt.Get(name).ToObject(vm.rt) }
	vm.classes = classes{
		plainError:     get("Error"),
		rangeError:     get("RangeError"),
		referenceError: get("ReferenceError"),
		syntaxError:    get("SyntaxError"),

		preventExtensions: vm.function(get("Object").Get("preventExtensions")),
	}
	function, err := vm.rt.RunProgram(stringOfProgram())
	rethrow(err)
	vm.classes.stringOf = vm.function(function)
}

// initSymbols adds the well-known symbols that goja lacks. Code that esbuild generates
// for "for await" and "using" uses them.
func (vm *VM) initSymbols() {
	symbol := vm.rt.Get("Symbol").ToObject(vm.rt)
	for _, name := range []string{"asyncIterator", "dispose", "asyncDispose"} {
		if v := symbol.Get(name); v == nil || goja.IsUndefined(v) {
			_ = symbol.DefineDataProperty(name, goja.NewSymbol("Symbol."+name), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		}
	}
}

// newError creates an Error of the given class.
func (vm *VM) newError(class *goja.Object, message string) *goja.Object {
	obj, err := vm.rt.New(class, vm.rt.ToValue(message))
	rethrow(err)
	return obj
}

// throwError throws an Error. For an error of the operating system it has the properties errno and code.
func (vm *VM) throwError(err error) {
	thrown := vm.newError(vm.classes.plainError, err.Error())
	if errno, ok := posix.ErrnoOf(err); ok {
		rethrow(thrown.Set("errno", int(errno)))
		rethrow(thrown.Set("code", cerrno.Name(int(errno))))
	}
	panic(thrown)
}

func (vm *VM) throwType(message string) {
	panic(vm.rt.NewTypeError("%s", message))
}

func (vm *VM) throwRange(message string) {
	panic(vm.newError(vm.classes.rangeError, message))
}

// throwScriptError throws an error that was found while a script was loaded.
func (vm *VM) throwScriptError(e *ScriptError) { panic(vm.loadingError(e)) }

// loadingError creates the Error for one that was found while a script was loaded.
func (vm *VM) loadingError(e *ScriptError) *goja.Object {
	class, message := vm.classes.plainError, e.Message
	for prefix, c := range map[string]*goja.Object{
		"SyntaxError: ":    vm.classes.syntaxError,
		"ReferenceError: ": vm.classes.referenceError,
		"RangeError: ":     vm.classes.rangeError,
		"Error: ":          vm.classes.plainError,
	} {
		if rest, ok := strings.CutPrefix(e.Message, prefix); ok {
			class, message = c, rest
		}
	}
	if e.Line > 0 {
		message += fmt.Sprintf(" (%s:%d:%d)", e.File, e.Line, e.Column)
	}
	return vm.newError(class, message)
}

// define defines a property that is writable, configurable and not enumerable, as built-in ones are.
func (vm *VM) define(obj *goja.Object, name string, value goja.Value) {
	rethrow(obj.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// nativeFunc is a function of the environment.
type nativeFunc = func(call goja.FunctionCall) goja.Value

// newFunc creates a function with the given name and length. goja would name it
// after the Go function, and show that name in stack traces.
func (vm *VM) newFunc(name string, length int, f nativeFunc) *goja.Object {
	obj := vm.rt.ToValue(f).ToObject(vm.rt)
	rethrow(obj.DefineDataProperty("name", vm.rt.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	rethrow(obj.DefineDataProperty("length", vm.rt.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return obj
}

// funcSpec describes one function of a module or a prototype.
type funcSpec struct {
	name   string
	length int
	f      nativeFunc
}

// setFuncs adds functions to a module object, enumerable so that they are
// exported.
func (vm *VM) setFuncs(obj *goja.Object, specs []funcSpec) {
	for _, s := range specs {
		rethrow(obj.Set(s.name, vm.newFunc(s.name, s.length, s.f)))
	}
}

// defineFuncs adds methods to a prototype.
func (vm *VM) defineFuncs(obj *goja.Object, specs []funcSpec) {
	for _, s := range specs {
		vm.define(obj, s.name, vm.newFunc(s.name, s.length, s.f))
	}
}

func (vm *VM) setInts(obj *goja.Object, ints map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(ints)) {
		rethrow(obj.Set(name, ints[name]))
	}
}

// toString is JavaScript's ToString. Unlike goja.Value.String it throws for a Symbol, and for
// an object that converts to one.
func toString(vm *VM, v goja.Value) string {
	switch v.(type) {
	case *goja.Symbol:
		vm.throwType("cannot convert symbol to string")
	case *goja.Object:
		text, err := vm.classes.stringOf(goja.Undefined(), v)
		rethrow(err)
		v = text
	}
	return v.String()
}

// toInt32 is JavaScript's ToInt32.
func toInt32(v goja.Value) int { return int(int32(wrapInt64(toNumber(v)))) }

// toInt64 is JavaScript's ToNumber, truncated to an integer and wrapped to 64 bits.
// It accepts BigInts.
func toInt64(v goja.Value) int64 {
	if n, ok := bigIntValue(v); ok {
		return n
	}
	return wrapInt64(toNumber(v))
}

// toNumber is JavaScript's ToNumber.
func toNumber(v goja.Value) float64 { return v.ToNumber().ToFloat() }

func wrapInt64(f float64) int64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	f = math.Trunc(f)
	if math.Abs(f) < 1<<63 {
		return int64(f)
	}
	f = math.Mod(f, 1<<64)
	if f < 0 {
		f += 1 << 64
	}
	return int64(uint64(f))
}

// toIndex is JavaScript's ToIndex.
func (vm *VM) toIndex(v goja.Value) int64 {
	f := toNumber(v)
	if math.IsNaN(f) {
		return 0
	}
	f = math.Trunc(f)
	if f < 0 || f > 1<<53-1 {
		vm.throwRange("invalid array index")
	}
	return int64(f)
}

// isNullish reports whether v is missing, undefined or null.
func isNullish(v goja.Value) bool {
	return v == nil || goja.IsUndefined(v) || goja.IsNull(v)
}

// property reads obj[name] of an options argument, nil if it is undefined.
func (vm *VM) property(options goja.Value, name string) goja.Value {
	if isNullish(options) {
		return nil
	}
	v := options.ToObject(vm.rt).Get(name)
	if v == nil || goja.IsUndefined(v) {
		return nil
	}
	return v
}

// function returns v as a function or throws.
func (vm *VM) function(v goja.Value) goja.Callable {
	f, ok := goja.AssertFunction(v)
	if !ok {
		vm.throwType("not a function")
	}
	return f
}

// result returns 0 or a negative error number, for functions that return -errno.
func (vm *VM) result(err error) goja.Value { return vm.rt.ToValue(-errnoOf(err)) }

// resultPair returns [value, errno].
func (vm *VM) resultPair(value any, err error) goja.Value {
	return vm.rt.NewArray(value, errnoOf(err))
}

// bigIntValue returns the low 64 bits of a BigInt; ok is false if v is not a BigInt.
func bigIntValue(v goja.Value) (int64, bool) {
	if !goja.IsBigInt(v) {
		return 0, false
	}
	n, _ := v.Export().(*big.Int)
	low := new(big.Int).And(n, maxUint64)
	return int64(low.Uint64()), true
}

var maxUint64 = new(big.Int).SetUint64(math.MaxUint64)

func (vm *VM) bigInt(n int64) goja.Value { return vm.rt.ToValue(big.NewInt(n)) }

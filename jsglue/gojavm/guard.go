package gojavm

import (
	"math/big"
	"reflect"

	"github.com/dop251/goja"
)

// guard is an object that lowered programs use: they assign values to its properties, which
// throws if a value is too large; read a property, which makes an endless loop yield; and call
// its functions.
type guard struct{ vm *VM }

func (g guard) Get(name string) goja.Value {
	switch name {
	case "source":
		return g.vm.guardSource
	case "strictSource":
		return g.vm.guardStrictSource
	case "import":
		return g.vm.guardImport
	case "power":
		return g.vm.guardPower
	case "asyncGenerator", "yieldStar", "await":
		return g.vm.lateValue(lateBuiltins, "generators", name)
	case "asyncGeneratorFunction":
		return g.vm.guardAsyncFunction
	case "asyncGeneratorMethods":
		return g.vm.guardAsyncMethods
	case "regexp":
		return g.vm.guardRegExp
	}
	return g.vm.guardTrue
}

func (g guard) Set(name string, v goja.Value) bool {
	// Most values are numbers.
	if kind := reflect.TypeOf(v); kind == intType || kind == floatType {
		return true
	}
	switch v := v.(type) {
	case goja.String:
		if v.Length() > maxStringLength {
			g.vm.throwRange("invalid string length")
		}
	case *goja.Object:
		if name == guardedPrototype {
			g.vm.checkChain(v)
		}
	default:
		if goja.IsBigInt(v) {
			g.checkBigInt(name, v.Export().(*big.Int))
		}
	}
	return true
}

// The types of goja's numbers.
var (
	intType   = reflect.TypeOf(new(goja.Runtime).ToValue(1))
	floatType = reflect.TypeOf(new(goja.Runtime).ToValue(0.5))
)

var mostBits = big.NewInt(maxBigIntBits)

// checkBigInt throws if a result, or the distance of a shift ("<<", ">>"), is too large.
func (g guard) checkBigInt(name string, n *big.Int) {
	tooLarge := n.BitLen() > maxBigIntBits
	switch name {
	case "<<":
		tooLarge = n.Cmp(mostBits) > 0
	case ">>":
		tooLarge = new(big.Int).Neg(n).Cmp(mostBits) > 0
	}
	if tooLarge {
		g.vm.throwRange("invalid BigInt length")
	}
}

// checkPower throws if a power of BigInts would be too large.
func (vm *VM) checkPower(call goja.FunctionCall) goja.Value {
	base, ok := call.Argument(0).Export().(*big.Int)
	exponent, ok2 := call.Argument(1).Export().(*big.Int)
	if ok && ok2 && base.BitLen() > 1 && (exponent.Cmp(mostBits) > 0 || int64(base.BitLen()-1)*exponent.Int64() > maxBigIntBits) {
		vm.throwRange("invalid BigInt length")
	}
	return goja.Undefined()
}

// initGuard adds the guard, and makes eval and the constructors of functions lower their sources.
func (vm *VM) initGuard(power goja.Value) {
	vm.guardTrue = vm.rt.ToValue(true)
	vm.guardPower = power
	makeRegExp := internal(vm.global("RegExp"), "self", "construct").Interface().(constructFunc)
	vm.guardRegExp = vm.newFunc("", 2, func(call goja.FunctionCall) goja.Value { return makeRegExp(call.Arguments, nil) })
	vm.guardSource = vm.newFunc("", 1, func(call goja.FunctionCall) goja.Value { return vm.lowered(call.Argument(0), false) })
	vm.guardStrictSource = vm.newFunc("", 1, func(call goja.FunctionCall) goja.Value { return vm.lowered(call.Argument(0), true) })
	vm.guardImport = vm.newFunc("import", 1, func(call goja.FunctionCall) goja.Value {
		return vm.dynamicImport(vm.callerSource(), call.Argument(0), call.Argument(1))
	})
	rethrow(vm.rt.GlobalObject().DefineDataProperty(guardName, vm.rt.NewDynamicObject(guard{vm}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	vm.patch(vm.global("eval"), func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if len(call.Arguments) > 0 {
				call.Arguments = withArgument(call.Arguments, 0, vm.lowered(call.Arguments[0], false))
			}
			return next(call)
		}
	})
	vm.initAsyncGenerators()
	for _, kind := range []string{"function", "function*", "async function"} {
		made := must(vm.rt.RunString("(" + kind + " () {})")).(*goja.Object)
		vm.patchClass(made.Prototype().Get("constructor").(*goja.Object), func(args []goja.Value) []goja.Value {
			return vm.loweredFunction(kind, args)
		})
	}
}

// lowered returns the lowered source for goja's eval.
func (vm *VM) lowered(v goja.Value, strict bool) goja.Value {
	source, ok := v.(goja.String)
	if !ok || !hasNoLoneSurrogate(source) {
		return v
	}
	text := source.String()
	changed, err := lowerSource(text, strict)
	if err != nil {
		vm.throwScriptError(&ScriptError{Message: err.Error()})
	}
	if changed == text {
		return v
	}
	return vm.rt.ToValue(changed)
}

func (vm *VM) loweredFunction(kind string, args []goja.Value) []goja.Value {
	if len(args) == 0 {
		return args
	}
	texts := make([]string, len(args))
	for i, arg := range args {
		text := vm.stringValue(arg)
		if !hasNoLoneSurrogate(text) {
			return args
		}
		texts[i] = text.String()
	}
	parameters, body := functionParts(texts)
	parameters, body, err := lowerFunction(kind, parameters, body)
	if err != nil {
		vm.throwScriptError(&ScriptError{Message: err.Error()})
	}
	return []goja.Value{vm.rt.ToValue(parameters), vm.rt.ToValue(body)}
}

func (g guard) Has(string) bool    { return true }
func (g guard) Delete(string) bool { return false }
func (g guard) Keys() []string     { return nil }

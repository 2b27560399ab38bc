package gojavm

import (
	"reflect"
	"unsafe"
	"weak"

	"github.com/dop251/goja"
)

// maxChain is the largest allowed length of a chain of prototypes, proxies and bound
// functions.
const maxChain = 10000

// limitChains bounds chains of prototypes, proxies and bound functions, which goja
// follows by recursion, and refuses cyclic ones.
func (vm *VM) limitChains() {
	object, reflection := vm.global("Object"), vm.global("Reflect")
	vm.patchMethod(object, "create", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			vm.checkChain(call.Argument(0))
			return next(call)
		}
	})
	set := func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			return vm.link(call.Argument(0), call.Argument(1), func() goja.Value { return next(call) })
		}
	}
	vm.patchMethod(object, "setPrototypeOf", set)
	vm.patchMethod(reflection, "setPrototypeOf", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			target, ok := call.Argument(0).(*goja.Object)
			proto, ok2 := call.Argument(1).(*goja.Object)
			if ok && ok2 && vm.isCyclic(behindProxies(target), proto) {
				return vm.rt.ToValue(false)
			}
			return set(next)(call)
		}
	})
	if setter := vm.accessor(vm.global("Object", "prototype"), "__proto__", "set"); setter != nil {
		vm.patch(setter, func(next nativeFunc) nativeFunc {
			return func(call goja.FunctionCall) goja.Value {
				return vm.link(call.This, call.Argument(0), func() goja.Value { return next(call) })
			}
		})
	}
	vm.patchMethod(reflection, "construct", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			made := next(call)
			vm.checkChain(made)
			return made
		}
	})
	vm.patchProxy()
	vm.patchMethod(vm.global("Function", "prototype"), "bind", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			vm.checkChain(call.This)
			bound := next(call)
			if f, ok := bound.(*goja.Object); ok {
				vm.patch(f, vm.counted)
			}
			return bound
		}
	})
}

// accessor returns the getter ("get") or setter ("set") of a property, nil if there is none.
func (vm *VM) accessor(object *goja.Object, name, kind string) *goja.Object {
	describe, _ := goja.AssertFunction(vm.global("Object").Get("getOwnPropertyDescriptor"))
	descriptor, ok := vm.callValue(describe, goja.Undefined(), object, vm.rt.ToValue(name)).(*goja.Object)
	if !ok {
		return nil
	}
	f, _ := descriptor.Get(kind).(*goja.Object)
	return f
}

// A chain is made of the objects that an operation on one object may be passed on to.
type chain struct {
	length int
	plain  bool // it has only prototypes; goja itself refuses cycles of these
}

// knownChains caches measured chains by their first objects. A script that sets a prototype may
// change any of them, so vm.link empties the cache.
type knownChains [64]struct {
	first weak.Pointer[goja.Object]
	chain chain
}

func (k *knownChains) place(first *goja.Object) int {
	return int(uintptr(unsafe.Pointer(first))/unsafe.Sizeof(*first)) % len(k)
}

func (k *knownChains) find(first *goja.Object) (chain, bool) {
	known := &k[k.place(first)]
	return known.chain, known.first.Value() == first
}

func (k *knownChains) add(first *goja.Object, c chain) {
	known := &k[k.place(first)]
	known.first, known.chain = weak.Make(first), c
}

// checkChain throws if v is an object whose chain is too long.
func (vm *VM) checkChain(v goja.Value) {
	if first, ok := v.(*goja.Object); ok && !isShort(first) {
		vm.measured(first)
	}
}

// link calls set, which makes proto the prototype of object. It throws if the chain would be too
// long or cyclic.
func (vm *VM) link(object, proto goja.Value, set func() goja.Value) goja.Value {
	target, ok := object.(*goja.Object)
	first, ok2 := proto.(*goja.Object)
	if !ok || !ok2 {
		return set()
	}
	target = behindProxies(target)
	c := vm.measured(first)
	if vm.isCyclic(target, first) {
		vm.throwType("the chain of prototypes would be cyclic")
	}
	vm.joins.add(vm, target, c)
	result := set()
	vm.chains = knownChains{}
	if target.Prototype() == first && c.plain {
		vm.chains.add(first, c)
		vm.chains.add(target, chain{c.length + 1, selfType(target) != boundType})
	}
	return result
}

// measured returns the chain of an object; it throws if the chain is too long.
func (vm *VM) measured(first *goja.Object) chain {
	c := chain{plain: true}
	for queue := []*goja.Object{first}; len(queue) > 0; {
		next := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if known, ok := vm.chains.find(next); ok {
			c.length += known.length
			c.plain = c.plain && known.plain
		} else {
			c.length++
			if kind := selfType(next); kind == proxyType || kind == boundType {
				c.plain = false
			}
			queue = appendBehind(queue, next)
		}
		if c.length > maxChain {
			vm.throwRange("the chain of prototypes, proxies or bound functions is too long")
		}
	}
	if !isShort(first) {
		vm.chains.add(first, c)
	}
	return c
}

// isCyclic reports whether object is in the chain of first and goja would not detect the cycle.
// The chain must not be too long.
func (vm *VM) isCyclic(object, first *goja.Object) bool {
	if known, ok := vm.chains.find(first); ok && known.plain {
		return false
	}
	count := 0
	for queue := []*goja.Object{first}; len(queue) > 0 && count <= maxChain; count++ {
		next := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if next == object {
			return true
		}
		queue = appendBehind(queue, next)
	}
	return false
}

// behindProxies returns the innermost target of a proxy, which gets the prototype that is set on the proxy.
func behindProxies(object *goja.Object) *goja.Object {
	for selfType(object) == proxyType {
		target := object.Export().(goja.Proxy).Target()
		if target == nil {
			break // the proxy is revoked
		}
		object = target
	}
	return object
}

// isShort is a fast check that an object has few prototypes, and no proxy or bound function among them.
func isShort(object *goja.Object) bool {
	for range 8 {
		if object == nil {
			return true
		}
		switch selfType(object) {
		case proxyType, boundType:
			return false
		}
		object = object.Prototype()
	}
	return false
}

// appendBehind appends the objects that an operation on object is passed on to.
func appendBehind(list []*goja.Object, object *goja.Object) []*goja.Object {
	switch selfType(object) {
	case proxyType:
		proxy := object.Export().(goja.Proxy)
		for _, next := range []*goja.Object{proxy.Target(), handlerOf(proxy)} {
			if next != nil {
				list = append(list, next)
			}
		}
		return list
	case boundType:
		wrapped := reflect.ValueOf(object).Elem().Field(selfField).Elem().Elem().FieldByName("wrapped")
		list = append(list, (*goja.Object)(wrapped.UnsafePointer()))
	}
	if proto := object.Prototype(); proto != nil {
		list = append(list, proto)
	}
	return list
}

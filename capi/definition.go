package main

// #include <stdlib.h>
// #include "capi.h"
// #include "operation.h"
import "C"

import (
	"math"
	"sync"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/gostall"
)

// functions are the module's functions, indexed by the number in their definition.
var functions = jsglue.Zmq.Every()

// definition builds the module's definition in C memory, once; nil if memory runs out.
var definition = sync.OnceValue(func() *C.definition {
	b := &builder{defined: map[*jsglue.Function]*C.zmqjs_function{}}
	for number, function := range functions {
		b.function(number, function)
	}
	b.module(jsglue.Zmq)
	made := allocate[C.definition](b, 1)
	table := allocate[*C.zmqjs_function](b, len(functions))
	steps := allocate[C.step](b, len(b.steps))
	if b.failed {
		return nil
	}
	for number, function := range functions {
		unsafe.Slice(table, len(functions))[number] = b.defined[function]
	}
	copy(unsafe.Slice(steps, len(b.steps)), b.steps)
	made.functions, made.function_count = table, C.size_t(len(functions))
	made.steps, made.step_count = steps, C.size_t(len(b.steps))
	return made
})

type builder struct {
	defined map[*jsglue.Function]*C.zmqjs_function
	steps   []C.step
	failed  bool // memory has run out
}

// allocate returns zeroed structures in C memory, which is never freed.
func allocate[T any](b *builder, count int) *T {
	var zero T
	made := (*T)(C.calloc(C.size_t(count), C.size_t(unsafe.Sizeof(zero))))
	if made == nil {
		b.failed = true
		return new(T)
	}
	return made
}

func (b *builder) function(number int, function *jsglue.Function) {
	if len(function.Parameters) > C.ZMQJS_PARAMETER_MAXIMUM {
		panic("capi: ZMQJS_PARAMETER_MAXIMUM is too small for " + function.Title())
	}
	c := allocate[C.zmqjs_function](b, 1)
	c.name = C.CString(function.PropertyName())
	c.signature = C.CString(function.Signature())
	c.length = C.uint32_t(function.Length())
	c.number = C.uint32_t(number)
	c.parameter_count = C.uint32_t(len(function.Parameters))
	c.keeps = C.uint32_t(function.Keeps)
	for i, parameter := range function.Parameters {
		if parameter.Type != jsglue.Any || parameter.Class != nil {
			c.reads |= 1 << i
		}
		if parameter.Type == jsglue.List {
			c.arrays |= 1 << i
		}
		if parameter.Lends {
			c.lends |= 1 << i
		}
	}
	c.call = (*[0]byte)(C.call_go)
	if function.Operation != nil {
		c.call = (*[0]byte)(function.Operation)
		c.fast_call = (*[0]byte)(function.FastOperation)
	}
	b.defined[function] = c
}

// Attributes of properties, as for classes of the language itself.
const (
	exported = C.ZMQJS_ENUMERABLE
	method   = C.ZMQJS_WRITABLE | C.ZMQJS_CONFIGURABLE
	accessor = C.ZMQJS_CONFIGURABLE
	tag      = C.ZMQJS_CONFIGURABLE
)

func (b *builder) step(kind, target, attributes int, name string) *C.step {
	b.steps = append(b.steps, C.step{kind: C.uint32_t(kind)})
	step := &b.steps[len(b.steps)-1]
	step.property.target = C.uint32_t(target)
	step.property.attributes = C.uint32_t(attributes)
	step.property.name = C.CString(name)
	return step
}

// symbol makes a step define a property named by a well-known symbol.
func symbol(step *C.step, name string) {
	C.free(unsafe.Pointer(step.property.name))
	step.property.name = nil
	step.property.symbol = C.CString(name)
}

func (b *builder) module(module *jsglue.Module) {
	for _, function := range module.Functions {
		b.step(C.STEP_FUNCTION, C.ZMQJS_ON_MODULE, exported, function.Name).function = b.defined[function]
	}
	for _, class := range module.Classes {
		b.class(class)
	}
	for _, constant := range module.Constants {
		step := b.step(C.STEP_VALUE, C.ZMQJS_ON_MODULE, exported, constant.Name)
		if constant.Value == int64(int32(constant.Value)) {
			step.value._type = C.ZMQJS_INT32
			*(*int32)(unsafe.Pointer(&step.value.as)) = int32(constant.Value)
		} else {
			step.value._type = C.ZMQJS_DOUBLE
			*(*uint64)(unsafe.Pointer(&step.value.as)) = math.Float64bits(float64(constant.Value))
		}
	}
}

func (b *builder) class(class *jsglue.Class) {
	begun := b.step(C.STEP_CLASS, C.ZMQJS_ON_MODULE, exported, class.Name)
	begun.definition.name = begun.property.name
	begun.definition.number = C.uint32_t(class.Number)
	begun.definition.size = C.uint32_t(class.Size)
	begun.definition.constructor = b.defined[class.Constructor]
	for _, function := range class.Statics {
		b.step(C.STEP_FUNCTION, C.ZMQJS_ON_CONSTRUCTOR, method, function.Name).function = b.defined[function]
	}
	for _, function := range class.Methods {
		step := b.step(C.STEP_FUNCTION, C.ZMQJS_ON_PROTOTYPE, method, function.Name)
		if name, ok := function.Symbol(); ok {
			symbol(step, name)
		}
		step.function = b.defined[function]
	}
	for _, property := range class.Accessors {
		step := b.step(C.STEP_ACCESSOR, C.ZMQJS_ON_PROTOTYPE, accessor, property.Name)
		step.function, step.setter = b.defined[property.Get], b.defined[property.Set]
	}
	step := b.step(C.STEP_VALUE, C.ZMQJS_ON_PROTOTYPE, tag, "")
	symbol(step, "toStringTag")
	step.value._type = C.ZMQJS_STRING
	step.value.length = C.size_t(len(class.Name))
	*(**C.char)(unsafe.Pointer(&step.value.as)) = C.CString(class.Name)
}

//export goDefinition
func goDefinition() *C.definition {
	gostall.Touch()
	return definition()
}

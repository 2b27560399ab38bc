package main

// #include <stdlib.h>
// #include "capi.h"
// #include "twin.h"
import "C"

import (
	"sync"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/sysmon"
)

// definition builds the module's definition in C memory, once.
var definition = sync.OnceValue(func() *C.zmqjs_module {
	tellTwins()
	module := allocate[C.zmqjs_module](1)
	module.name = C.CString(jsglue.Zmq.Name)
	for _, function := range jsglue.Zmq.Functions {
		appendPointer(&module.functions, &module.function_count, defineFunction(function, false))
	}
	for _, class := range jsglue.Zmq.Classes {
		appendPointer(&module.classes, &module.class_count, defineClass(class))
	}
	for _, constant := range jsglue.Zmq.Constants {
		c := allocate[C.zmqjs_constant](1)
		c.name = C.CString(constant.Name)
		c.value = C.int64_t(constant.Value)
		appendPointer(&module.constants, &module.constant_count, c)
	}
	return module
})

// functions are the module's functions by the number that their definition carries.
var functions []*jsglue.Function

// classes are the definitions of the classes by the kind of their natives.
var classes [C.NATIVE_KINDS]*C.zmqjs_class

var nativeKinds = map[string]C.enum_native_kind{
	"Context":       C.NATIVE_CONTEXT,
	"Socket":        C.NATIVE_SOCKET,
	"Poller":        C.NATIVE_POLLER,
	"Authenticator": C.NATIVE_AUTHENTICATOR,
	"Monitor":       C.NATIVE_MONITOR,
}

func defineClass(class *jsglue.Class) *C.zmqjs_class {
	c := allocate[C.zmqjs_class](1)
	c.name = C.CString(class.Name)
	if class.Constructor != nil {
		c.constructor = defineFunction(class.Constructor, false)
	} else {
		c.construct_error = C.CString(class.ConstructError)
	}
	for _, method := range class.Methods {
		appendPointer(&c.methods, &c.method_count, defineFunction(method, true))
	}
	for _, accessor := range class.Accessors {
		appendPointer(&c.accessors, &c.accessor_count, defineAccessor(accessor))
	}
	kind, known := nativeKinds[class.Name]
	if !known {
		panic("capi: no kind of native for " + class.Name)
	}
	classes[kind] = c
	return c
}

func defineAccessor(accessor *jsglue.Accessor) *C.zmqjs_accessor {
	c := allocate[C.zmqjs_accessor](1)
	c.name = C.CString(accessor.Name)
	c.getter = defineFunction(accessor.Get, true)
	if accessor.Set != nil {
		c.setter = defineFunction(accessor.Set, true)
	}
	return c
}

func defineFunction(function *jsglue.Function, isMethod bool) *C.zmqjs_function {
	if len(function.Parameters) > C.ZMQJS_PARAMETER_MAXIMUM {
		panic("capi: ZMQJS_PARAMETER_MAXIMUM is too small for " + function.Title())
	}
	c := allocate[C.function](1)
	c.public.name = C.CString(function.Name)
	c.public.signature = C.CString(function.Signature())
	c.public.length = C.int(function.Length())
	c.public.call = (*[0]byte)(C.call_function)
	c.number = C.uint32_t(len(functions))
	c.public.parameter_count = C.int(len(function.Parameters))
	if isMethod {
		c.is_method = 1
	}
	if function.Returns == "0" {
		c.returns_zero = 1
	}
	for i, parameter := range function.Parameters {
		if parameter.Type != jsglue.Any || parameter.Class != nil {
			c.public.reads |= 1 << i
		}
		if parameter.Type == jsglue.List {
			c.arrays |= 1 << i
			c.longest_array = jsglue.LongestList
		}
	}
	title := C.CString(function.Owner() + function.Name)
	defer C.free(unsafe.Pointer(title))
	c.twin = C.twin_of(title)
	functions = append(functions, function)
	return &c.public
}

// tellTwins gives the functions in C what they take from jsglue's tables.
func tellTwins() {
	for _, option := range jsglue.SocketOptions {
		if option.IsInt() {
			C.int_options[option.Number] = 1
		}
	}
	C.poller_event_names[C.POLLER_SOCKET_EVENT] = names(jsglue.SocketEventNames)
	C.poller_event_names[C.POLLER_DESCRIPTOR_EVENT] = names(jsglue.DescriptorEventNames)
}

// goDefinition returns NULL if memory runs out.
//
//export goDefinition
func goDefinition() (made *C.zmqjs_module) {
	sysmon.Touch()
	defer func() {
		if panicked := recover(); panicked != nil && panicked != any(outOfMemory{}) {
			panic(panicked) // the table is wrong: no build gets through its tests with that
		}
	}()
	return definition()
}

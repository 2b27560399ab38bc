// Package gojazmq gives a goja runtime the zmq module of package jsglue.
//
//	runtime := goja.New()
//	module, err := gojazmq.New(runtime)
//	runtime.Set("zmq", module.Exports())
//	defer module.Close()
//
// Package zmqvm joins it to the bundled engine. Scripts and sockets that the Go program makes with zmq4
// have different contexts: inproc endpoints of one are not visible to the other.
package gojazmq

import (
	"fmt"
	"syscall"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/frames"
)

// A Module is the zmq module in one goja runtime.
type Module struct {
	vm         *goja.Runtime
	runtime    *jsglue.Runtime
	exports    *goja.Object
	key        *goja.Symbol   // of the property that holds an instance's data
	classes    []*goja.Object // prototypes by the class's number
	builtins   builtins
	frames     []*frames.Frame // of no call that is under way
	references *references
	retry      func(attempt int) bool // again
	againUntil int64                  // until when a call is tried again for which descriptors have run out
	panicked   any                    // by Interrupted, while a call was waiting
	// Interrupted, if not nil, is asked when Interrupt has ended a wait: true throws
	// EINTR, false goes on waiting. It may also end the script by a panic.
	Interrupted func() bool
}

// New makes the module for a goja runtime, and opens one descriptor for it. It must
// run on the goroutine that owns the runtime, before scripts change its globals.
// Close ends it.
func New(vm *goja.Runtime) (*Module, error) {
	runtime, err := jsglue.NewRuntime()
	if err != nil {
		return nil, err
	}
	m := &Module{
		vm:      vm,
		runtime: runtime,
		exports: vm.NewObject(),
		key:     goja.NewSymbol("zmq"),
		classes: make([]*goja.Object, len(jsglue.Zmq.Classes)),
	}
	m.retry = m.again
	m.references = &references{all: map[*reference]struct{}{}}
	runtime.AskBeforeInterrupt(m.confirmInterrupt)
	if err := m.define(); err != nil {
		_ = runtime.Close() // nothing is in it yet
		return nil, fmt.Errorf("gojazmq: %w", err)
	}
	return m, nil
}

// Exports is the module's namespace object: Context, Poller, Socket, the functions
// and the constants.
func (m *Module) Exports() *goja.Object { return m.exports }

// Interrupt ends the wait under way in the module, or else the next one, with an
// Error whose code is EINTR. Any goroutine may call it; after Close it does nothing.
func (m *Module) Interrupt() { m.runtime.Interrupt() }

// Detach is called on a thread that will not run the script for a while, or never again. Otherwise Close, or
// the next call, on another thread waits some milliseconds for the first thread that has called.
func (m *Module) Detach() { m.runtime.Detach() }

// Close closes the sockets and contexts that scripts left open, and waits for
// messages not yet sent, at most libzmq.LeaveTimeout milliseconds. Functions that scripts call
// afterwards throw an Error whose code is ETERM. While a call is under way it fails with
// EBUSY and does nothing. Any goroutine may call it; calling it again does nothing.
func (m *Module) Close() error {
	if err := m.runtime.Close(); err != nil {
		return fmt.Errorf("gojazmq: a call is under way: %w", syscall.EBUSY)
	}
	return nil
}

func (m *Module) define() error {
	if err := m.builtins.capture(m.vm); err != nil {
		return err
	}
	for _, constant := range jsglue.Zmq.Constants {
		if err := m.exports.Set(constant.Name, constant.Value); err != nil {
			return err
		}
	}
	for _, function := range jsglue.Zmq.Functions {
		if err := m.exports.Set(function.Name, m.function(function)); err != nil {
			return err
		}
	}
	for _, class := range jsglue.Zmq.Classes {
		constructor, err := m.class(class)
		if err != nil {
			return err
		}
		if err := m.exports.Set(class.Name, constructor); err != nil {
			return err
		}
	}
	return nil
}

// hide defines a property as those of built-in objects are: not enumerable.
func hide(object *goja.Object, name string, value goja.Value) error {
	return object.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// function makes a function of the script of one of the table.
func (m *Module) function(function *jsglue.Function) *goja.Object {
	made := m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		return m.call(function, call.This, call.Arguments, nil)
	}).(*goja.Object)
	m.name(made, function.PropertyName(), function.Length())
	return made
}

func (m *Module) name(function *goja.Object, name string, length int) {
	for property, value := range map[string]any{"name": name, "length": length} {
		_ = function.DefineDataProperty(property, m.vm.ToValue(value), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}

// A class of the script's own language is what `new`, subclassing and a call without
// `new` work with as scripts expect; Go's part makes its instances.
const classSource = `(function (name, construct) {
	return { [name]: class { constructor(...args) { construct(this, ...args); } } }[name];
})`

// classFile is what stacks have for classSource; package gojavm leaves it out of them.
const classFile = "<bundle>"

func (m *Module) class(class *jsglue.Class) (*goja.Object, error) {
	source, err := m.vm.RunScript(classFile, classSource)
	if err != nil {
		return nil, err
	}
	makeClass, _ := goja.AssertFunction(source)
	construct := m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		return m.call(class.Constructor, nil, call.Arguments[1:], call.Arguments[0].(*goja.Object))
	}).(*goja.Object)
	m.name(construct, class.Name, class.Constructor.Length())
	made, err := makeClass(nil, m.vm.ToValue(class.Name), construct)
	if err != nil {
		return nil, err
	}
	constructor := made.(*goja.Object)
	m.name(constructor, class.Name, class.Constructor.Length())
	prototype := constructor.Get("prototype").(*goja.Object)
	for _, static := range class.Statics {
		if err := m.method(constructor, static); err != nil {
			return nil, err
		}
	}
	for _, method := range class.Methods {
		if err := m.method(prototype, method); err != nil {
			return nil, err
		}
	}
	for _, accessor := range class.Accessors {
		if err := m.accessor(prototype, accessor); err != nil {
			return nil, err
		}
	}
	m.classes[class.Number] = prototype
	return constructor, prototype.DefineDataPropertySymbol(goja.SymToStringTag, m.vm.ToValue(class.Name),
		goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// method gives a prototype or a constructor a method. That of a well-known symbol which the runtime
// lacks is left out.
func (m *Module) method(holder *goja.Object, method *jsglue.Function) error {
	name, isSymbol := method.Symbol()
	if !isSymbol {
		return hide(holder, method.Name, m.function(method))
	}
	symbol, ok := m.vm.Get("Symbol").ToObject(m.vm).Get(name).(*goja.Symbol)
	if !ok {
		return nil
	}
	return holder.DefineDataPropertySymbol(symbol, m.function(method),
		goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (m *Module) accessor(prototype *goja.Object, accessor *jsglue.Accessor) error {
	var set goja.Value
	if accessor.Set != nil {
		set = m.function(accessor.Set)
	}
	return prototype.DefineAccessorProperty(accessor.Name, m.function(accessor.Get), set,
		goja.FLAG_TRUE, goja.FLAG_FALSE)
}

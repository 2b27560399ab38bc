// Package jsglue is the zmq module for JavaScript engines, engine-neutral: one table
// (Zmq) of every function, class, method and constant, with their implementation
// over github.com/pebbe/zmq4. The adapter of an engine walks the table, and turns the
// engine's values into Data and back.
package jsglue

import (
	"strings"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// An Object is the Go part of an instance.
type Object interface {
	Class() *Class
	// Pointer is the structure in C that the operations of the class are given; nil if there is none.
	Pointer() unsafe.Pointer
	// Finalize reports that the engine has dropped the instance. Any goroutine; it does not block.
	Finalize()
}

// A Class is a class of the module.
type Class struct {
	Name           string
	Number         int         // its place in Zmq.Classes, as in the core
	Size           int         // about how many bytes an instance holds outside the engine's heap
	Constructor    *Function   // where scripts cannot construct the class, it throws ConstructError
	Statics        []*Function // methods of the constructor, which take no notice of this
	Methods        []*Function // a name that begins with @@ is a well-known symbol's
	Accessors      []*Accessor
	ConstructError string // how instances are made; "" where scripts can construct the class
}

// Constructible reports whether scripts can construct the class.
func (c *Class) Constructible() bool { return c.ConstructError == "" }

// An Accessor is a property of instances. Set is nil where scripts only read it.
type Accessor struct {
	Name     string
	Get, Set *Function
}

// A Module is the table.
type Module struct {
	Name      string
	Functions []*Function
	Classes   []*Class
	Constants []Constant
}

// Zmq is the module.
var Zmq = &Module{
	Name: "zmq",
	Functions: []*Function{
		versionFunction, hasFunction, proxyFunction,
		curveKeypairFunction, curvePublicFunction, z85EncodeFunction, z85DecodeFunction,
		loadCertificateFunction, saveCertificateFunction,
	},
	Classes: []*Class{
		libzmq.ContextClass:       contextClass,
		libzmq.SocketClass:        socketClass,
		libzmq.PollerClass:        pollerClass,
		libzmq.AuthenticatorClass: authenticatorClass,
		libzmq.MonitorClass:       monitorClass,
	},
	Constants: constants,
}

// Every function of the module, in the order of the table; a driver may number
// them by it.
func (m *Module) Every() []*Function {
	all := append([]*Function(nil), m.Functions...)
	for _, class := range m.Classes {
		all = append(all, class.Constructor)
		all = append(all, class.Statics...)
		all = append(all, class.Methods...)
		for _, accessor := range class.Accessors {
			all = append(all, accessor.functions()...)
		}
	}
	return all
}

func (a *Accessor) functions() []*Function {
	if a.Set == nil {
		return []*Function{a.Get}
	}
	return []*Function{a.Get, a.Set}
}

// Filled here, since the methods' implementations refer to the classes.
func init() {
	contextClass.Statics = contextStatics
	contextClass.Methods, contextClass.Accessors = contextMethods, contextAccessors
	socketClass.Methods, socketClass.Accessors = socketMethods, socketAccessors
	pollerClass.Methods, pollerClass.Accessors = pollerMethods, pollerAccessors
	authenticatorClass.Methods = authenticatorMethods
	monitorClass.Methods, monitorClass.Accessors = monitorMethods, monitorAccessors
	for number, class := range Zmq.Classes {
		class.Number = number
		for _, static := range class.Statics {
			static.owner = class.Name + "."
		}
		for _, method := range class.Methods {
			method.Class = class
			method.owner = class.Name + "."
		}
		for _, accessor := range class.Accessors {
			for i, function := range accessor.functions() {
				function.Class = class
				function.owner = class.Name + "."
				function.accesses = [2]string{"get ", "set "}[i]
			}
		}
		if !class.Constructible() {
			class.Constructor = notConstructible(class)
		}
		class.Constructor.owner = "new "
	}
	operations := libzmq.Operations()
	for _, function := range Zmq.Every() {
		operation := operations[function.key()]
		function.Operation, function.FastOperation = operation.Call, operation.FastCall
	}
	for i := range SocketOptions {
		if !SocketOptions[i].IsInt() {
			libzmq.NoteOtherOption(SocketOptions[i].Number)
		}
	}
	for _, constant := range constants {
		if name, ok := strings.CutPrefix(constant.Name, eventPrefix); ok {
			libzmq.NameEvent(int(constant.Value), name)
		}
		if name, ok := strings.CutPrefix(constant.Name, protocolErrorPrefix); ok {
			libzmq.NameProtocolError(int(constant.Value), name)
		}
	}
}

// never is the result of a function that only throws.
const never = "never"

// notConstructible is the constructor of a class whose instances the module makes.
func notConstructible(class *Class) *Function {
	return &Function{
		Name:    class.Name,
		Returns: never,
		run: func(*Call) (Data, error) {
			return Data{}, &Error{Class: TypeError, Message: class.ConstructError}
		},
	}
}

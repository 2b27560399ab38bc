// Package jsglue is the zmq module for JavaScript engines, engine-neutral: one table
// (Zmq) of every function, class, method and constant, with their implementation
// over github.com/pebbe/zmq4. What drives an engine walks the table, and turns the
// engine's values into Data and back.
package jsglue

// A Class is a class of the module.
type Class struct {
	Name        string
	Constructor *Function   // nil: scripts cannot construct it
	Methods     []*Function // a name that begins with @@ is a well-known symbol's
	Accessors   []*Accessor
	// ConstructError is what `new` throws where Constructor is nil.
	ConstructError string
}

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
	Classes:   []*Class{contextClass, socketClass, pollerClass, authenticatorClass, monitorClass},
	Constants: constants,
}

// Every function of the module, in the order of the table; a driver may number
// them by it.
func (m *Module) Every() []*Function {
	all := append([]*Function(nil), m.Functions...)
	for _, class := range m.Classes {
		if class.Constructor != nil {
			all = append(all, class.Constructor)
		}
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
	contextClass.Methods, contextClass.Accessors = contextMethods, contextAccessors
	socketClass.Methods, socketClass.Accessors = socketMethods, socketAccessors
	pollerClass.Methods = pollerMethods
	authenticatorClass.Methods = authenticatorMethods
	monitorClass.Methods, monitorClass.Accessors = monitorMethods, monitorAccessors
	for _, class := range Zmq.Classes {
		for _, method := range class.Methods {
			method.Class = class
			method.owner = class.Name + "."
		}
		for _, accessor := range class.Accessors {
			for _, function := range accessor.functions() {
				function.Class = class
				function.owner = class.Name + "."
				function.accesses = true
			}
		}
		if class.Constructor != nil {
			class.Constructor.owner = "new "
		}
	}
}

// ClassName is the name of the class of what an instance refers to; "" for anything else.
func ClassName(object any) string {
	switch object.(type) {
	case *Context:
		return contextClass.Name
	case *Socket:
		return socketClass.Name
	case *Poller:
		return pollerClass.Name
	case *Authenticator:
		return authenticatorClass.Name
	case *Monitor:
		return monitorClass.Name
	}
	return ""
}

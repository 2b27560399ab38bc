package gojavm

import (
	"errors"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

// errNotGenerator reports an error in this package.
var errNotGenerator = errors.New("gojavm: the module's code is not a generator")

// instantiate compiles a source and makes its variables: its functions can be called after that;
// other variables are in their temporal dead zone.
func (m *module) instantiate() error {
	if m.source == nil {
		return nil
	}
	var p *esm.Program
	program, err := m.source.compile(m.code, func(c *code) (*ast.Program, error) {
		if c != m.code {
			if err := m.parse(c); err != nil {
				return nil, err
			}
		}
		targets := map[string]esm.Target{}
		for local, b := range m.targets {
			if b.name == esm.Namespace {
				targets[local] = esm.Target{}
			} else {
				targets[local] = esm.Target{Property: b.name}
			}
		}
		p = m.parsed.Rewrite(targets)
		return p.Program, nil
	})
	if err != nil {
		return err
	}
	m.async = p.Async
	m.code, m.source.text = nil, ""
	m.parsed.Release()
	v, err := m.vm.rt.RunProgram(program)
	if err != nil {
		return err
	}
	function, ok := goja.AssertFunction(v)
	if !ok {
		return errNotGenerator
	}
	generator, err := function(goja.Undefined(), m.arguments(p)...)
	if err != nil {
		return err
	}
	if m.generator, ok = generator.(*goja.Object); !ok {
		return errNotGenerator
	}
	getters, _, err := m.step(false, goja.Undefined())
	if err != nil {
		return err
	}
	m.export(p, getters)
	return nil
}

// arguments are the arguments of the module's function.
func (m *module) arguments(p *esm.Program) []goja.Value {
	var args []goja.Value
	for _, local := range p.Imports {
		b := m.targets[local]
		if b.name == esm.Namespace {
			args = append(args, b.module.namespaceObject())
		} else {
			args = append(args, b.module.env)
		}
	}
	if p.Meta {
		args = append(args, m.meta())
	}
	if p.Dynamic {
		args = append(args, m.vm.newFunc("import", 1, func(call goja.FunctionCall) goja.Value {
			return m.vm.dynamicImport(m.source, call.Argument(0), call.Argument(1))
		}))
	}
	if p.Unbound {
		args = append(args, m.vm.unbound())
	}
	return args
}

// export makes the properties of the module's environment, which call the getters.
func (m *module) export(p *esm.Program, getters goja.Value) {
	list := getters.ToObject(m.vm.rt)
	byLocal := map[string]goja.Value{}
	for i, local := range p.Getters {
		byLocal[local] = list.Get(m.vm.rt.ToValue(i).String())
	}
	for name, local := range m.own {
		getter := byLocal[local]
		rethrow(m.env.DefineAccessorProperty(name, getter, nil, goja.FLAG_TRUE, goja.FLAG_TRUE))
		if !p.Assigned[local] {
			m.constants = append(m.constants, name)
		}
	}
}

// settle replaces getters by values for variables that no longer change, since values are faster to
// read.
func (m *module) settle() {
	for _, name := range m.constants {
		m.vm.try(func() {
			value := m.env.Get(name)
			rethrow(m.env.DefineDataProperty(name, value, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE))
		})
	}
	m.constants = nil
}

// unbound is an object whose properties throw like an unresolvable name.
func (vm *VM) unbound() *goja.Object {
	obj := vm.rt.CreateObject(nil)
	const name = "arguments"
	getter := vm.newFunc("", 0, func(goja.FunctionCall) goja.Value {
		panic(vm.newError(vm.classes.referenceError, name+" is not defined"))
	})
	rethrow(obj.DefineAccessorProperty(name, getter, nil, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return obj
}

package gojavm

import (
	"maps"
	"net/url"
	"slices"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

// module is one module of the VM: a source, a JSON file or a native one.
type module struct {
	vm   *VM
	key  string // in vm.modules
	name string // in errors
	main bool   // its import.meta.main

	// The fields of a source.
	source   *source
	code     *code
	parsed   *esm.Module
	requests []*module          // in the order of parsed.Requests
	own      map[string]string  // the local name of each export that is the module's own
	indirect map[string]binding // the other exports, but for those of "export *"
	targets  map[string]binding // the variables of the imports, by their local names
	// constants are exports whose variables keep their value from the end of the evaluation on.
	constants []string
	generator *goja.Object

	// names are the exports of a JSON file or a native module.
	names []string

	// env has the module's own exports as read-only properties.
	env       *goja.Object
	namespace *goja.Object

	evaluation
}

// binding is an export of another module, "*" standing for its name space.
type binding struct {
	module *module
	name   string
}

// newModule adds a module to the VM's map.
func (vm *VM) newModule(key, name string) *module {
	m := &module{vm: vm, key: key, name: name, env: vm.rt.CreateObject(nil)}
	vm.modules[key] = m
	return m
}

// addValues adds a module whose exports have their values from the start. Its environment is also
// its name space, and not a proxy, which would make calls such as zmq.f() slower; so the properties
// are read-only, unlike those of a source.
func (l *loading) addValues(key, name string, exports map[string]goja.Value) *module {
	m := l.add(key, name)
	m.names = slices.SortedFunc(maps.Keys(exports), compareUTF16)
	for _, export := range m.names {
		rethrow(m.env.DefineDataProperty(export, exports[export], goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE))
	}
	m.namespace = m.env
	l.vm.sealNamespace(m.env)
	return m
}

// meta makes the module's import.meta.
func (m *module) meta() *goja.Object {
	meta := m.vm.rt.CreateObject(nil)
	fileURL := url.URL{Scheme: "file", Path: m.source.path}
	rethrow(meta.Set("url", fileURL.String()))
	rethrow(meta.Set("main", m.main))
	return meta
}

// runMain loads and evaluates a module as the main one of a run. It does not wait for top-level
// awaits.
func (vm *VM) runMain(s *source, c *code) error {
	l := &loading{vm: vm}
	m := l.add(s.path, s.name)
	m.source, m.code, m.main = s, c, true
	if err := l.finish(); err != nil {
		return err
	}
	return vm.withoutJobs(func() error {
		if err := vm.evaluate(m); err != nil || m.status == evaluated {
			return err
		}
		promise, resolve, reject := vm.rt.NewPromise()
		vm.main = promise
		m.whenEvaluated(func(err error) {
			if err != nil {
				rethrow(reject(thrownValue(err)))
			} else {
				rethrow(resolve(goja.Undefined()))
			}
		})
		return nil
	})
}

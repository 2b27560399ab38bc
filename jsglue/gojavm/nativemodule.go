package gojavm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// nativeModule makes a native module at its first use.
func (vm *VM) nativeModule(name string) (*goja.Object, error) {
	if module, ok := vm.native[name]; ok {
		return module, nil
	}
	create, ok := vm.opts.Modules[name]
	if !ok {
		return nil, fmt.Errorf("no native module %q", name)
	}
	module, err := create(vm)
	if err != nil {
		return nil, fmt.Errorf("module %q: %w", name, err)
	}
	vm.native[name] = module
	return module, nil
}

func (vm *VM) isNative(name string) bool {
	return name == "std" || name == "os" || vm.opts.Modules[name] != nil
}

// nativeNames are the importable native modules, for error messages.
func (vm *VM) nativeNames() string {
	names := []string{"os", "std"}
	for name := range vm.opts.Modules {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// native returns the module of this name.
func (l *loading) native(name string) (*module, error) {
	key := "native:" + name
	if m, ok := l.vm.modules[key]; ok {
		return m, nil
	}
	object, err := l.vm.tryNativeModule(name)
	if err != nil {
		return nil, &ScriptError{Message: "Error: " + err.Error()}
	}
	exports := map[string]goja.Value{}
	for _, export := range object.Keys() {
		exports[export] = object.Get(export)
	}
	return l.addValues(key, name, exports), nil
}

// tryNativeModule is nativeModule, with an error for a panic of the module.
func (vm *VM) tryNativeModule(name string) (object *goja.Object, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = panicError(x)
		}
	}()
	return vm.nativeModule(name)
}

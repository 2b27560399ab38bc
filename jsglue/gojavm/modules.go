package gojavm

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
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

func (vm *VM) unknownModule(name, importer string) string {
	by := ""
	if importer != "" {
		by = fmt.Sprintf(", imported by '%s'", importer)
	}
	s := fmt.Sprintf("could not load module '%s'%s", name, by)
	if !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "/") {
		s += fmt.Sprintf(" (native modules: %s)", vm.nativeNames())
	}
	return s
}

// defineRequire gives classic scripts the function that esbuild puts in place
// of import().
func (vm *VM) defineRequire() {
	vm.define(vm.rt.GlobalObject(), "require", vm.requireFunc())
}

// requireFunc loads a module whose name is only known at run time, relative to
// the main script's directory.
func (vm *VM) requireFunc() *goja.Object {
	return vm.newFunc("import", 1, func(call goja.FunctionCall) goja.Value {
		return vm.importNow(toString(vm, call.Argument(0)))
	})
}

func (vm *VM) importNow(name string) goja.Value {
	key := name
	entry := name
	if !vm.isNative(name) {
		if !strings.HasPrefix(name, ".") && !filepath.IsAbs(name) {
			panic(vm.newError(vm.classes.referenceError, vm.unknownModule(name, "")))
		}
		key = filepath.Clean(name)
		if !filepath.IsAbs(name) {
			key = absPath(filepath.Join(filepath.Dir(vm.scriptName), name))
		}
		entry = key
	}
	if module, ok := vm.loaded[key]; ok {
		return module
	}
	quoted, _ := json.Marshal(entry)
	u := vm.newUnit(filepath.Join(filepath.Dir(vm.scriptName), "<import>"), fmt.Sprintf("import * as ns from %s; __gojavm_capture(ns);", quoted))
	u.loads = name
	module, err := vm.evalModule(u)
	var e *ScriptError
	if errors.As(err, &e) {
		if e.File == u.displayName(u.path) {
			e.Line = 0
		}
		vm.throwScriptError(e)
	}
	rethrow(err)
	if module == nil {
		vm.throwError(fmt.Errorf("module '%s' has a top-level await, which import() of a computed name cannot wait for", name))
	}
	// esbuild would otherwise add a default export.
	vm.define(module, "__esModule", vm.rt.ToValue(true))
	vm.loaded[key] = module
	return module
}

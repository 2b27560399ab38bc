package gojavm

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

// dynamicImport is import() in a source. Loading begins in a job of its own, after the calling
// code.
func (vm *VM) dynamicImport(from *source, specifier, options goja.Value) goja.Value {
	promise, resolve, reject := vm.rt.NewPromise()
	place := vm.callerPosition()
	settle := func(m *module, err error) {
		if err != nil {
			rethrow(reject(vm.importFailure(err)))
			return
		}
		rethrow(resolve(m.namespaceObject()))
	}
	var name string
	var attributes map[string]string
	if err := vm.attempt(func() {
		name = toString(vm, specifier)
		attributes = vm.importAttributes(options)
	}); err != nil {
		settle(nil, err)
		return vm.rt.ToValue(promise)
	}
	vm.enqueueJob(func() {
		m, err := vm.load(from, name, attributes)
		if err != nil {
			var missing *notLoaded
			if errors.As(err, &missing) {
				err = &ScriptError{Message: missing.describe(place)}
			}
			settle(nil, err)
			return
		}
		if err = vm.evaluate(m); err != nil {
			settle(nil, err)
			return
		}
		m.whenEvaluated(func(err error) {
			vm.enqueueJob(func() { settle(m, err) })
		})
	})
	return vm.rt.ToValue(promise)
}

// load returns the module of this name, linked.
func (vm *VM) load(from *source, specifier string, attributes map[string]string) (*module, error) {
	l := &loading{vm: vm}
	m, err := l.request(from, specifier, attributes)
	if err == nil {
		err = l.finish()
	}
	return m, err
}

// importFailure is the value that a failed import() rejects its promise with.
func (vm *VM) importFailure(err error) goja.Value {
	var script *ScriptError
	if errors.As(err, &script) {
		return vm.loadingError(script)
	}
	return thrownValue(err)
}

// attempt runs f and returns what it throws.
func (vm *VM) attempt(f func()) (err error) {
	if ex := vm.rt.Try(f); ex != nil {
		return ex
	}
	return nil
}

// importAttributes reads the second argument of import().
func (vm *VM) importAttributes(options goja.Value) map[string]string {
	attributes := map[string]string{}
	if goja.IsUndefined(options) {
		return attributes
	}
	obj, ok := options.(*goja.Object)
	if !ok {
		vm.throwType("the second argument of import() must be an object")
	}
	with := obj.Get("with")
	if with == nil || goja.IsUndefined(with) {
		return attributes
	}
	list, ok := with.(*goja.Object)
	if !ok {
		vm.throwType("the option 'with' of import() must be an object")
	}
	for _, key := range list.Keys() {
		value, ok := list.Get(key).(goja.String)
		if !ok {
			vm.throwType(fmt.Sprintf("the import attribute '%s' must be a string", key))
		}
		attributes[key] = value.String()
	}
	return attributes
}

// callerPosition is the file and line of the script code that calls the running
// function, "" if none does.
func (vm *VM) callerPosition() string {
	for _, frame := range vm.rt.CaptureCallStack(4, nil) {
		if frame.SrcName() != "<native>" {
			at := frame.Position()
			return fmt.Sprintf("%s:%d", unescapeName(at.Filename), at.Line)
		}
	}
	return ""
}

// callerSource is the script that has called the current code of eval or Function; relative imports
// start from its directory.
func (vm *VM) callerSource() *source {
	name := evalName
	for _, frame := range vm.rt.CaptureCallStack(0, nil) {
		if file := unescapeName(frame.Position().Filename); frame.SrcName() != "<native>" && file != evalName && !strings.HasSuffix(file, bundleName) {
			name = file
			break
		}
	}
	return &source{name: name, path: absPath(name)}
}

// defineDynamicImport defines the global binding that import() calls in classic scripts, with the
// name of the script as the first argument. No script can write that name.
func (vm *VM) defineDynamicImport() {
	if vm.evaluator.dynamic {
		return
	}
	vm.evaluator.dynamic = true
	vm.define(vm.rt.GlobalObject(), esm.Dynamic, vm.newFunc("import", 2, func(call goja.FunctionCall) goja.Value {
		name := call.Argument(0).String()
		from := &source{name: name, path: absPath(name)}
		return vm.dynamicImport(from, call.Argument(1), call.Argument(2))
	}))
	tree, err := goja.Parse(bundleName, "const binding = this."+esm.Dynamic)
	rethrow(err)
	tree.Body[0].(*ast.LexicalDeclaration).List[0].Target.(*ast.Identifier).Name = esm.Dynamic
	program, err := goja.CompileAST(tree, false)
	rethrow(err)
	_, err = vm.rt.RunProgram(program)
	rethrow(err)
	rethrow(vm.rt.GlobalObject().Delete(esm.Dynamic))
}

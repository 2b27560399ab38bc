package gojavm

import (
	"errors"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// unit is one script with the modules that it imports.
type unit struct {
	vm     *VM
	name   string // as the host gave it
	path   string // absolute
	cwd    string
	source string
	loads  string // the name given to import(), if the unit is made for it
	native chan nativeRequest

	// lowerPrivate replaces private class members: goja does not parse
	// "#x in y && z". It is done only where needed, for it makes them slow.
	lowerPrivate bool
}

func (vm *VM) newUnit(name, source string) *unit {
	return &unit{
		vm:     vm,
		name:   name,
		path:   absPath(name),
		cwd:    absPath("."),
		source: strings.TrimPrefix(source, "\uFEFF"),
		native: make(chan nativeRequest),
	}
}

// evalSource runs a script or module. It is a module if it says so by its
// syntax or by its name.
func (vm *VM) evalSource(name, source string) error {
	u := vm.newUnit(name, source)
	vm.scriptName = name
	if !u.named(".mjs", ".mts") {
		program, err := u.script()
		if err != nil {
			return err
		}
		if program != nil {
			_, err = vm.rt.RunProgram(program)
			return err
		}
	}
	_, err := vm.evalModule(u)
	return err
}

// compileScript compiles a classic script for evalScript and loadScript.
func (vm *VM) compileScript(name, source string) (*goja.Program, error) {
	program, err := vm.newUnit(name, source).script()
	if err == nil && program == nil {
		err = &ScriptError{Message: "SyntaxError: import, export and top-level await are for modules only"}
	}
	return program, err
}

// script compiles the source as a classic script; it returns nil if it is a
// module.
func (u *unit) script() (*goja.Program, error) {
	return u.compile(false, func() (*code, error) {
		c, err := u.transform()
		if c != nil && c.requires {
			u.vm.defineRequire()
		}
		return c, err
	})
}

// evalModule runs a module and returns its name space if it was loaded by
// import().
func (vm *VM) evalModule(u *unit) (*goja.Object, error) {
	var async bool
	program, err := u.compile(true, func() (c *code, err error) {
		c, async, err = u.bundle()
		return c, err
	})
	if err != nil {
		return nil, err
	}
	v, err := vm.rt.RunProgram(program)
	if err != nil {
		return nil, err
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		return nil, errors.New("gojavm: the bundle is not a function")
	}
	var namespace *goja.Object
	capture := vm.newFunc("", 1, func(call goja.FunctionCall) goja.Value {
		namespace, _ = call.Argument(0).(*goja.Object)
		return goja.Undefined()
	})
	native := vm.newFunc("", 1, func(call goja.FunctionCall) goja.Value {
		module, err := vm.nativeModule(call.Argument(0).String())
		if err != nil {
			vm.throwError(err)
		}
		return vm.newFunc("", 1, func(call goja.FunctionCall) goja.Value {
			return module.Get(call.Argument(0).String())
		})
	})
	result, err := f(goja.Undefined(), vm.requireFunc(), native, capture)
	if err != nil {
		return nil, err
	}
	if async && u.loads == "" {
		vm.main, _ = result.Export().(*goja.Promise)
	}
	return namespace, nil
}

func (u *unit) named(suffixes ...string) bool {
	return slices.Contains(suffixes, filepath.Ext(u.name))
}

// code is JavaScript for goja.
type code struct {
	text      string
	sourceMap []byte
	requires  bool // calls require, in place of import()
}

// compile makes a goja program, which reports positions of the source, of what
// build makes.
func (u *unit) compile(strict bool, build func() (*code, error)) (*goja.Program, error) {
	c, err := build()
	if c == nil || err != nil {
		return nil, err
	}
	text := c.text + "\n//# sourceMappingURL=map\n"
	loader := func(string) ([]byte, error) { return c.sourceMap, nil }
	name := bundleName
	if filepath.IsAbs(u.name) {
		// goja resolves the source map's names against this one.
		name = "/" + name
	}
	ast, err := goja.Parse(name, text, parser.WithSourceMapLoader(loader))
	if err != nil {
		return nil, u.compileError(err)
	}
	yieldInLoops(ast)
	program, err := goja.CompileAST(ast, strict)
	if err != nil && !u.lowerPrivate && strings.Contains(err.Error(), "PrivateIdentifier") {
		u.lowerPrivate = true
		return u.compile(strict, build)
	}
	if err != nil {
		return nil, u.compileError(err)
	}
	return program, nil
}

// displayName is how errors name a file that esbuild knows as file: the script
// as the host gave it, others in the same way.
func (u *unit) displayName(file string) string {
	if strings.HasPrefix(file, nativeSpace+":") {
		return bundleName
	}
	path := file
	if !filepath.IsAbs(path) {
		path = filepath.Join(u.cwd, path)
	}
	switch {
	case path == u.path:
		return filepath.Clean(u.name)
	case filepath.IsAbs(u.name):
		return path
	}
	if rel, err := filepath.Rel(u.cwd, path); err == nil {
		return rel
	}
	return path
}

// unescapeName undoes the escaping of goja, which takes the file names of a
// source map for URLs.
func unescapeName(name string) string {
	if s, err := url.PathUnescape(name); err == nil {
		return s
	}
	return name
}

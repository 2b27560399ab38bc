package gojavm

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

// bundleName is the file name of generated code that has no position in a source.
const bundleName = "<bundle>"

// evalSource runs a script or module. Its syntax or its name make it a module.
func (vm *VM) evalSource(name, text string) error {
	s, err := newSource(name, text)
	if err != nil {
		return err
	}
	asModule := slices.Contains([]string{".mjs", ".mts"}, filepath.Ext(name))
	c, err := s.transformMain(asModule)
	if err != nil {
		return err
	}
	if c.module {
		return vm.runMain(s, c)
	}
	program, err := vm.compileScript(s, c)
	if err == nil {
		_, err = vm.rt.RunProgram(program)
	}
	return err
}

// compileNested compiles a classic script for evalScript and loadScript.
func (vm *VM) compileNested(name, text string) (*goja.Program, error) {
	s, err := newSource(name, text)
	if err != nil {
		return nil, err
	}
	s.text = keepCompletion(s.text)
	c, err := s.transform(false)
	if err != nil {
		return nil, err
	}
	if c.module {
		return nil, s.fault("SyntaxError: import, export and top-level await are for modules only")
	}
	return vm.compileScript(s, c)
}

// compileScript compiles a classic script.
func (vm *VM) compileScript(s *source, c *code) (*goja.Program, error) {
	return s.compile(c, func(c *code) (*ast.Program, error) {
		syntax := esm.Scan(c.text)
		if syntax.Dynamic {
			vm.defineDynamicImport()
		}
		tree, err := esm.Script(s.generatedName(), syntax, s.name, s.adaptSourceMap(c.sourceMap, 0))
		if err != nil {
			return nil, s.parseError(c, err, 0)
		}
		if syntax.Error != nil {
			p := tree.File.Position(syntax.Error.Offset)
			return nil, placedError("SyntaxError: "+syntax.Error.Message, p.Filename, p.Line, p.Column)
		}
		s.restoreNames(tree, c, 0, nil)
		return tree, nil
	})
}

// compile compiles the syntax tree that parse makes from c. If goja cannot compile private
// members, it transforms the source again with them lowered.
func (s *source) compile(c *code, parse func(c *code) (*ast.Program, error)) (*goja.Program, error) {
	for lowered := false; ; lowered = true {
		tree, err := parse(c)
		if err != nil {
			return nil, err
		}
		if err := lower(tree, c.module); err != nil {
			return nil, s.literalError(tree, err)
		}
		program, err := goja.CompileAST(tree, false)
		switch {
		case err == nil:
			return program, nil
		case lowered || !strings.Contains(err.Error(), "PrivateIdentifier"):
			return nil, s.compileError(err)
		}
		if c, err = s.transform(c.module, privateMembers...); err != nil {
			return nil, err
		}
	}
}

// generatedName is the file name that goja parses code with. goja resolves the names in
// a source map against it.
func (s *source) generatedName() string {
	if filepath.IsAbs(s.name) {
		return "/" + bundleName
	}
	return bundleName
}

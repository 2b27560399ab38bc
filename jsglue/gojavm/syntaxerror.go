package gojavm

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
)

// transformError turns an error of esbuild into one of the script.
func (s *source) transformError(m api.Message) error {
	if m.Location == nil {
		return s.fault("SyntaxError: %s", m.Text)
	}
	name := s.name
	if path := absPath(m.Location.File); path != s.path && filepath.IsAbs(m.Location.File) {
		name = s.imported(path) // a tsconfig.json
	}
	return placedError("SyntaxError: "+m.Text, name, m.Location.Line, m.Location.Column+1)
}

// parseError turns an error of goja's parser into one of the script: lines are those
// before the code in what was parsed. Such errors are rare, for esbuild has parsed the
// source before.
func (s *source) parseError(c *code, err error, lines int) error {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		line, column := c.sourcePosition(list[0].Position.Line-lines, list[0].Position.Column)
		return placedError("SyntaxError: "+list[0].Message, s.name, line, column)
	}
	return s.fault("SyntaxError: %s", err)
}

// compileError turns an error of goja's compiler into one of the script.
func (s *source) compileError(err error) error {
	var syntax *goja.CompilerSyntaxError
	if errors.As(err, &syntax) && syntax.File != nil {
		p := syntax.File.Position(syntax.Offset)
		return placedError("SyntaxError: "+syntax.Message, p.Filename, p.Line, p.Column)
	}
	return s.fault("SyntaxError: %s", strings.TrimPrefix(err.Error(), "SyntaxError: "))
}

// literalError turns an error that lower has found into one of the script.
func (s *source) literalError(tree *ast.Program, err error) error {
	var literal *literalError
	if !errors.As(err, &literal) {
		return s.fault("SyntaxError: %s", err)
	}
	p := tree.File.Position(int(literal.at) - tree.File.Base())
	return placedError("SyntaxError: "+literal.Error(), p.Filename, p.Line, p.Column)
}

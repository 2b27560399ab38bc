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

// transformError converts an error of esbuild to one of the script.
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

// parseError converts an error of goja's parser to one of the script: lines is the number of lines
// before the code in the parsed text. Such errors are rare, because esbuild has parsed the source
// before.
func (s *source) parseError(c *code, err error, lines int) error {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		line, column := c.sourcePosition(list[0].Position.Line-lines, list[0].Position.Column)
		return placedError("SyntaxError: "+list[0].Message, s.name, line, column)
	}
	return s.fault("SyntaxError: %s", err)
}

// compileError converts an error of goja's compiler to one of the script.
func (s *source) compileError(err error) error {
	var syntax *goja.CompilerSyntaxError
	if errors.As(err, &syntax) && syntax.File != nil {
		p := syntax.File.Position(syntax.Offset)
		return placedError("SyntaxError: "+syntax.Message, p.Filename, p.Line, p.Column)
	}
	return s.fault("SyntaxError: %s", strings.TrimPrefix(err.Error(), "SyntaxError: "))
}

// literalError converts an error found by lower to one of the script.
func (s *source) literalError(tree *ast.Program, err error) error {
	var literal *literalError
	if !errors.As(err, &literal) {
		return s.fault("SyntaxError: %s", err)
	}
	p := tree.File.Position(int(literal.at) - tree.File.Base())
	return placedError("SyntaxError: "+literal.Error(), p.Filename, p.Line, p.Column)
}

package gojavm

import (
	"encoding/json"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/unistring"
)

// restoreNames restores the names that esbuild changes: it renames variables that shadow another
// one, and the names of functions and classes are visible at run time. The tree is that of code
// whose text starts at the offset head. A variable keeps esbuild's name if the original could
// collide with one made by esbuild, and if it is among fixed; then only the function of its
// declaration gets the name.
func (s *source) restoreNames(program *ast.Program, c *code, head int, fixed []string) {
	origins := c.origins(s.text)
	if origins == nil {
		return
	}
	unknown := map[unistring.String]bool{} // may not be the source's variable
	restored := map[*ast.Identifier]unistring.String{}
	var bindings []*ast.Binding
	eachNode(program, func(node any) {
		switch n := node.(type) {
		case *ast.Identifier:
			o := origins[int(n.Idx)-program.File.Base()-head]
			switch {
			case o.renamed && o.name != "":
				restored[n] = unistring.NewFromString(o.name)
			case o.name != n.Name.String():
				unknown[n.Name] = true
			}
		case *ast.Binding:
			bindings = append(bindings, n)
		}
	})
	kept := map[unistring.String]bool{}
	for _, name := range fixed {
		kept[unistring.NewFromString(name)] = true
	}
	for n, name := range restored {
		if unknown[n.Name] || unknown[name] {
			kept[n.Name] = true
		}
	}
	for _, b := range bindings {
		if n, ok := b.Target.(*ast.Identifier); ok && kept[n.Name] && restored[n] != "" && isAnonymous(b.Initializer) {
			b.Initializer = named(b.Initializer, restored[n])
		}
	}
	for n, name := range restored {
		if !kept[n.Name] {
			n.Name = name
		}
	}
}

// isAnonymous reports whether an expression is a function or class that is named after the variable
// to which it is assigned.
func isAnonymous(e ast.Expression) bool {
	switch f := e.(type) {
	case *ast.FunctionLiteral:
		return f.Name == nil
	case *ast.ClassLiteral:
		return f.Name == nil
	case *ast.ArrowFunctionLiteral:
		return true
	}
	return false
}

// named returns an expression that names an anonymous function without declaring it: ({name:
// function}).name.
func named(function ast.Expression, name unistring.String) ast.Expression {
	at := function.Idx0()
	key := &ast.StringLiteral{Idx: at, Literal: name.String(), Value: name}
	property := &ast.PropertyKeyed{Key: key, Kind: ast.PropertyKindValue, Value: function}
	object := &ast.ObjectLiteral{LeftBrace: at, RightBrace: at, Value: []ast.Property{property}}
	return &ast.DotExpression{Left: object, Identifier: ast.Identifier{Name: name, Idx: at}}
}

// origin is the name in the source for an identifier, "" if it differs from the variable's. renamed
// reports that esbuild has changed it.
type origin struct {
	name    string
	renamed bool
}

// origins returns the origin of each identifier in the code, by its offset; nil if esbuild has
// renamed nothing.
func (c *code) origins(source string) map[int]origin {
	var m struct {
		Names    []string
		Mappings string
	}
	if json.Unmarshal(c.sourceMap, &m) != nil || len(m.Names) == 0 {
		return nil
	}
	origins := map[int]origin{}
	sourceLines := strings.Split(source, "\n")
	start, line := 0, 0 // of the current line of code
	eachMapping(m.Mappings, func(p mapping) {
		for ; line < p.line; line++ {
			start += strings.IndexByte(c.text[start:], '\n') + 1
		}
		if p.sourceLine >= len(sourceLines) {
			return
		}
		o := origin{name: identifierAt(sourceLines[p.sourceLine], p.sourceColumn)}
		if p.name >= 0 {
			o.renamed = true
			if p.name >= len(m.Names) || m.Names[p.name] != o.name {
				o.name = ""
			}
		}
		origins[start+p.column] = o
	})
	return origins
}

// identifierAt is the identifier at a column, which counts UTF-16 code units.
func identifierAt(line string, column int) string {
	start := 0
	for ; column > 0 && start < len(line); column-- {
		r, size := utf8.DecodeRuneInString(line[start:])
		if r >= 0x10000 {
			column--
		}
		start += size
	}
	end := start
	for end < len(line) && isIdentifierPart(line[end]) {
		end++
	}
	return line[start:end]
}

func isIdentifierPart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// eachNode calls f for each node of a syntax tree.
func eachNode(program *ast.Program, f func(node any)) {
	seen := map[any]bool{}
	var visit func(v reflect.Value)
	visit = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Interface:
			visit(v.Elem())
		case reflect.Pointer:
			if v.IsNil() || !strings.HasSuffix(v.Type().Elem().PkgPath(), "/ast") || seen[v.Interface()] {
				return
			}
			seen[v.Interface()] = true
			f(v.Interface())
			visit(v.Elem())
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					visit(v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i))
			}
		}
	}
	visit(reflect.ValueOf(program))
}

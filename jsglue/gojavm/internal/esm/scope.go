package esm

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/unistring"
)

// declaredNames calls f for each name that a statement declares in its scope, including those of a
// var in its head.
func declaredNames(statement ast.Statement, f func(unistring.String)) {
	switch s := statement.(type) {
	case *ast.LexicalDeclaration:
		bindingNames(s.List, f)
	case *ast.VariableStatement:
		bindingNames(s.List, f)
	case *ast.ClassDeclaration:
		f(s.Class.Name.Name)
	case *ast.FunctionDeclaration:
		f(s.Function.Name.Name)
	}
}

func bindingNames(list []*ast.Binding, f func(unistring.String)) {
	for _, b := range list {
		targetNames(b.Target, f)
	}
}

// targetNames calls f for each name that a binding's pattern binds.
func targetNames(target ast.Expression, f func(unistring.String)) {
	switch t := target.(type) {
	case *ast.Identifier:
		f(t.Name)
	case *ast.Binding:
		targetNames(t.Target, f)
	case *ast.AssignExpression:
		targetNames(t.Left, f)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			targetNames(e, f)
		}
		targetNames(t.Rest, f)
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				f(p.Name.Name)
			case *ast.PropertyKeyed:
				targetNames(p.Value, f)
			}
		}
		targetNames(t.Rest, f)
	}
}

// scope calls body while the names from declare shadow imports.
func (r *rewriter) scope(declare func(f func(unistring.String)), body func()) {
	var names []unistring.String
	declare(func(name unistring.String) {
		if _, ok := r.refs[name]; ok {
			names = append(names, name)
			r.shadows[name]++
		}
	})
	body()
	for _, name := range names {
		r.shadows[name]--
	}
}

func lexicalNames(list []ast.Statement) func(f func(unistring.String)) {
	return func(f func(unistring.String)) {
		for _, s := range list {
			if _, ok := s.(*ast.VariableStatement); !ok {
				declaredNames(s, f)
			}
		}
	}
}

func varNames(list []*ast.VariableDeclaration) func(f func(unistring.String)) {
	return func(f func(unistring.String)) {
		for _, d := range list {
			bindingNames(d.List, f)
		}
	}
}

func oneName(name *ast.Identifier) func(f func(unistring.String)) {
	return func(f func(unistring.String)) {
		if name != nil {
			f(name.Name)
		}
	}
}

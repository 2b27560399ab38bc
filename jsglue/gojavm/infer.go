package gojavm

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// inferred is the knowledge about a program's variables, by name. A variable that may have another
// value in any scope is in neither set.
type inferred struct {
	numbers map[unistring.String]bool // they never hold a string or an object
	classes map[unistring.String]bool // they hold a class of this program
}

// infer analyses a program. It knows nothing of variables to which other code can assign: those of
// the top level, and all if there is eval or with.
func infer(program *ast.Program) inferred {
	sources := map[unistring.String][]ast.Expression{}
	classes, others, declared := map[unistring.String]bool{}, map[unistring.String]bool{}, map[unistring.String]bool{}
	unknown := func(target any) {
		eachName(reflect.ValueOf(target), func(name unistring.String) { others[name] = true })
	}
	assigned := func(target any, source ast.Expression) {
		if name, ok := target.(*ast.Identifier); ok {
			sources[name.Name] = append(sources[name.Name], source)
		} else {
			unknown(target)
		}
	}
	dynamic := false
	eachNode(program, func(node any) {
		switch n := node.(type) {
		case *ast.Binding:
			assigned(n.Target, n.Initializer)
			eachName(reflect.ValueOf(n.Target), func(name unistring.String) { declared[name] = true })
		case *ast.AssignExpression:
			if _, isName := n.Left.(*ast.Identifier); !isName && !isPattern(n.Left) {
				break
			}
			switch n.Operator {
			case token.ASSIGN, token.PLUS, token.LOGICAL_AND, token.LOGICAL_OR, token.COALESCE:
				assigned(n.Left, n.Right)
			}
		case *ast.FunctionLiteral:
			if n.Name != nil {
				others[n.Name.Name] = true
			}
			unknown(n.ParameterList)
		case *ast.ArrowFunctionLiteral:
			unknown(n.ParameterList)
		case *ast.ClassLiteral:
			if n.Name != nil {
				classes[n.Name.Name] = true
			}
		case *ast.CatchStatement:
			unknown(n.Parameter)
		case *ast.ForIntoVar:
			unknown(n.Binding)
		case *ast.ForDeclaration:
			unknown(n.Target)
		case *ast.ForIntoExpression:
			unknown(n.Expression)
		case *ast.WithStatement:
			dynamic = true
		case *ast.CallExpression:
			if name, ok := n.Callee.(*ast.Identifier); ok && name.Name == "eval" {
				dynamic = true
			}
		}
	})
	if dynamic {
		return inferred{}
	}
	unknown(program.DeclarationList)
	for _, statement := range program.Body {
		switch n := statement.(type) {
		case *ast.LexicalDeclaration:
			for _, binding := range n.List {
				unknown(binding.Target)
			}
		case *ast.ClassDeclaration:
			unknown(n.Class.Name)
		}
	}
	known := inferred{numbers: map[unistring.String]bool{}, classes: map[unistring.String]bool{}}
	for name := range classes {
		if !others[name] && sources[name] == nil {
			known.classes[name] = true
		}
	}
	for name := range sources {
		known.numbers[name] = declared[name] && !others[name] && !classes[name]
	}
	for changed := true; changed; {
		changed = false
		for name, list := range sources {
			for _, source := range list {
				if known.numbers[name] && source != nil && !known.isNumber(source) {
					known.numbers[name] = false
					changed = true
				}
			}
		}
	}
	return known
}

// isNumber reports whether a value is neither a string nor an object.
func (k inferred) isNumber(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.NumberLiteral, *ast.BooleanLiteral, *ast.NullLiteral:
		return true
	case *ast.Identifier:
		return k.numbers[e.Name]
	case *ast.UnaryExpression:
		return e.Operator != token.TYPEOF
	case *ast.BinaryExpression:
		switch e.Operator {
		case token.PLUS, token.LOGICAL_AND, token.LOGICAL_OR, token.COALESCE:
			return k.isNumber(e.Left) && k.isNumber(e.Right)
		}
		return true
	case *ast.ConditionalExpression:
		return k.isNumber(e.Consequent) && k.isNumber(e.Alternate)
	case *ast.AssignExpression:
		switch e.Operator {
		case token.ASSIGN:
			return k.isNumber(e.Right)
		case token.PLUS, token.LOGICAL_AND, token.LOGICAL_OR, token.COALESCE:
			return k.isNumber(e.Left) && k.isNumber(e.Right)
		}
		return true
	}
	return false
}

func isPattern(e ast.Expression) bool {
	_, ok := e.(ast.Pattern)
	return ok
}

// eachName calls f for each name in a node.
func eachName(v reflect.Value, f func(name unistring.String)) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			eachName(v.Elem(), f)
		}
	case reflect.Struct:
		if name, ok := v.Interface().(ast.Identifier); ok {
			f(name.Name)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachName(v.Field(i), f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachName(v.Index(i), f)
		}
	}
}

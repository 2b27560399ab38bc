package gojavm

import (
	"reflect"
	"strings"

	"github.com/dop251/goja/ast"
)

// yieldInLoops makes every endless loop of a script yield. Go preempts goroutines only when they
// call a function (the library leaves SIGURG to its host), and the engine runs "for (;;) {}"
// without calling one; then no garbage collection could end. So each loop with a constant condition
// gets a try statement, for which the engine calls a function. (Code that the script compiles by
// eval or Function is not changed.)
func yieldInLoops(program *ast.Program) {
	(&yielder{seen: map[any]bool{}}).visit(reflect.ValueOf(program))
}

type yielder struct{ seen map[any]bool }

// visit walks a node and its parts: the engine has no walker of its own.
func (y *yielder) visit(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		y.visit(v.Elem())
	case reflect.Pointer:
		if v.IsNil() || y.seen[v.Interface()] || !strings.HasSuffix(v.Type().Elem().PkgPath(), "/ast") {
			return
		}
		y.seen[v.Interface()] = true
		y.visit(v.Elem())
		yieldIn(v.Interface())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				y.visit(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			y.visit(v.Index(i))
		}
	}
}

func yieldIn(node any) {
	var test ast.Expression
	var body *ast.Statement
	switch loop := node.(type) {
	case *ast.ForStatement:
		test, body = loop.Test, &loop.Body
	case *ast.WhileStatement:
		test, body = loop.Test, &loop.Body
	case *ast.DoWhileStatement:
		test, body = loop.Test, &loop.Body
	default:
		return
	}
	if isConstant(test) {
		*body = yielding(*body)
	}
}

// isConstant reports whether the engine may evaluate an expression in advance.
func isConstant(expression ast.Expression) bool {
	switch e := expression.(type) {
	case *ast.UnaryExpression:
		return isConstant(e.Operand)
	case *ast.BinaryExpression:
		return isConstant(e.Left) && isConstant(e.Right)
	case *ast.ConditionalExpression:
		return isConstant(e.Test)
	case *ast.SequenceExpression:
		return isConstant(e.Sequence[len(e.Sequence)-1])
	case nil, *ast.BooleanLiteral, *ast.NumberLiteral, *ast.StringLiteral, *ast.NullLiteral:
		return true
	}
	return false
}

func yielding(body ast.Statement) ast.Statement {
	yield := &ast.TryStatement{Body: &ast.BlockStatement{}, Finally: &ast.BlockStatement{}}
	return &ast.BlockStatement{List: []ast.Statement{yield, body}}
}

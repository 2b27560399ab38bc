package gojavm

import "github.com/dop251/goja/ast"

// keepCompletion makes a script that ends in an expression end in one that esbuild keeps: its value
// is the script's. Esbuild removes expressions that it folds into a constant, such as -1.
func keepCompletion(text string) string {
	program, err := parse(text)
	if err != nil || len(program.Body) == 0 {
		return text // esbuild reports the error, or the source is newer than ES2023
	}
	last, ok := program.Body[len(program.Body)-1].(*ast.ExpressionStatement)
	if !ok || !isFoldable(last.Expression) {
		return text
	}
	base := program.File.Base()
	start, end := int(last.Expression.Idx0())-base, int(last.Expression.Idx1())-base
	return text[:end] + ", " + text[start:end] + text[end:]
}

// isFoldable reports whether an expression consists of literals, and so has no effect.
func isFoldable(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.NumberLiteral, *ast.StringLiteral, *ast.BooleanLiteral, *ast.NullLiteral:
		return true
	case *ast.Identifier:
		return e.Name == "NaN" || e.Name == "Infinity" || e.Name == "undefined"
	case *ast.UnaryExpression:
		return isFoldable(e.Operand)
	case *ast.BinaryExpression:
		return isFoldable(e.Left) && isFoldable(e.Right)
	case *ast.ConditionalExpression:
		return isFoldable(e.Test) && isFoldable(e.Consequent) && isFoldable(e.Alternate)
	case *ast.TemplateLiteral:
		for _, part := range e.Expressions {
			if !isFoldable(part) {
				return false
			}
		}
		return e.Tag == nil
	case *ast.SequenceExpression:
		for _, part := range e.Sequence {
			if !isFoldable(part) {
				return false
			}
		}
		return true
	}
	return false
}

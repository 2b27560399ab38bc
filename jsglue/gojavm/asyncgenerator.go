package gojavm

import (
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

// asyncMark begins the source of a function that VM.makeAsyncGenerator has yet to turn into an
// asynchronous generator function.
const asyncMark = "\x00"

// asyncGenerators are the asynchronous generator functions of a program. goja's parser accepts
// them and its compiler does not. Therefore each becomes an ordinary generator function that
// yields awaited values. A call of the guard gives each function, when it is created, the prototypes
// of an asynchronous generator function; their methods run the generator asynchronously.
type asyncGenerators struct {
	functions map[*ast.FunctionLiteral]bool
	methods   map[*ast.FunctionLiteral]bool // of objects
	names     map[*ast.FunctionLiteral]unistring.String
}

func isAsyncGenerator(f *ast.FunctionLiteral) bool { return f.Async && f.Generator }

// add turns f into an ordinary generator function. The body of f must be lowered already.
func (g *asyncGenerators) add(f *ast.FunctionLiteral) {
	f.Async = false
	f.Source = asyncMark + f.Source
	if g.functions == nil {
		g.functions = map[*ast.FunctionLiteral]bool{}
	}
	g.functions[f] = true
}

// inAsyncGenerator reports whether the current node is in an asynchronous generator.
func (l *lowering) inAsyncGenerator() bool {
	for i := len(l.functions) - 1; i >= 0; i-- {
		if !l.functions[i].class {
			return l.functions[i].asyncGenerator
		}
	}
	return false
}

// nameAsyncGenerators records the names that functions get from an assignment or a property, and
// records which functions are methods.
func (l *lowering) nameAsyncGenerators(node any) {
	note := func(e, name ast.Expression) {
		f, ok := e.(*ast.FunctionLiteral)
		if !ok || l.text != "" || !isAsyncGenerator(f) || f.Name != nil {
			return
		}
		if l.generators.names == nil {
			l.generators.names = map[*ast.FunctionLiteral]unistring.String{}
		}
		switch name := name.(type) {
		case *ast.Identifier:
			l.generators.names[f] = name.Name
		case *ast.StringLiteral:
			l.generators.names[f] = name.Value
		case *ast.PrivateIdentifier:
			l.generators.names[f] = "#" + name.Name
		}
	}
	switch n := node.(type) {
	case *ast.Binding:
		target, _ := n.Target.(*ast.Identifier)
		if target != nil {
			note(n.Initializer, target)
		}
	case *ast.AssignExpression:
		note(n.Right, n.Left)
	case *ast.PropertyShort:
		note(n.Initializer, &n.Name)
	case *ast.FieldDefinition:
		if !n.Computed {
			note(n.Initializer, n.Key)
		}
	case *ast.PropertyKeyed:
		f, ok := n.Value.(*ast.FunctionLiteral)
		if !ok || l.text != "" || !isAsyncGenerator(f) {
			return
		}
		key, _ := n.Key.(*ast.StringLiteral)
		if n.Kind == ast.PropertyKindValue && f.Name == nil && (n.Computed || key == nil || key.Value != "__proto__") {
			n.Kind = ast.PropertyKindMethod // goja names a method after its key, also a computed one
		}
		if n.Kind == ast.PropertyKindMethod {
			if l.generators.methods == nil {
				l.generators.methods = map[*ast.FunctionLiteral]bool{}
			}
			l.generators.methods[f] = true
		}
	}
}

// lowerAsyncGenerator returns the replacement of an expression, or nil to keep it.
func (l *lowering) lowerAsyncGenerator(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.FunctionLiteral:
		if !l.generators.functions[e] || l.generators.methods[e] {
			return nil
		}
		arguments := []ast.Expression{e}
		if name, ok := l.generators.names[e]; ok {
			arguments = append(arguments, &ast.StringLiteral{Idx: e.Idx0(), Literal: quote(name.String()), Value: name})
		}
		return l.callGuard("asyncGeneratorFunction", e.Idx0(), e.Idx0(), arguments)
	case *ast.ObjectLiteral:
		for _, property := range e.Value {
			if p, ok := property.(*ast.PropertyKeyed); ok && l.isMarked(p.Value) {
				l.guardGrowth(e)
				return l.callGuard("asyncGeneratorMethods", e.LeftBrace, e.RightBrace, []ast.Expression{e})
			}
		}
	case *ast.AwaitExpression:
		if l.inAsyncGenerator() {
			return l.yieldAwait(e.Argument, e.Await)
		}
	case *ast.YieldExpression:
		if e.Delegate && l.inAsyncGenerator() {
			e.Argument = l.callGuard("yieldStar", e.Yield, e.Argument.Idx1(), []ast.Expression{e.Argument})
		}
	}
	return nil
}

// isMarked reports whether e is a method and an asynchronous generator.
func (l *lowering) isMarked(e ast.Expression) bool {
	f, ok := e.(*ast.FunctionLiteral)
	return ok && l.generators.functions[f] && l.generators.methods[f]
}

// yieldAwait returns the expression that replaces "await e" in an asynchronous generator.
func (l *lowering) yieldAwait(e ast.Expression, at file.Idx) ast.Expression {
	awaited := &ast.NewExpression{
		New: at, Callee: l.guardMember("await", at), LeftParenthesis: at, ArgumentList: []ast.Expression{e}, RightParenthesis: at,
	}
	return &ast.YieldExpression{Yield: at, Argument: awaited}
}

// lowerStatement makes "return value" await the value, and marks declared functions at the start of
// their blocks.
func (l *lowering) lowerStatement(node any) {
	switch n := node.(type) {
	case *ast.ReturnStatement:
		if n.Argument != nil && l.inAsyncGenerator() {
			n.Argument = l.yieldAwait(n.Argument, n.Argument.Idx0())
		}
	case *ast.Program:
		n.Body = l.withMarks(n.Body, l.marks(n.Body))
	case *ast.BlockStatement:
		n.List = l.withMarks(n.List, l.marks(n.List))
	case *ast.SwitchStatement:
		var marks []ast.Statement
		for _, c := range n.Body {
			marks = append(marks, l.marks(c.Consequent)...)
		}
		for _, c := range n.Body { // control may enter the block at any case
			c.Consequent = l.withMarks(c.Consequent, marks)
		}
	}
}

// marks returns statements that mark the functions declared in list.
func (l *lowering) marks(list []ast.Statement) (marks []ast.Statement) {
	if len(l.generators.functions) == 0 {
		return nil
	}
	for _, statement := range list {
		declaration, ok := statement.(*ast.FunctionDeclaration)
		if ok && l.generators.functions[declaration.Function] {
			name := declaration.Function.Name
			marks = append(marks, l.mark(&ast.Identifier{Name: name.Name, Idx: name.Idx}))
		}
	}
	return marks
}

func (l *lowering) mark(f ast.Expression) ast.Statement {
	return &ast.ExpressionStatement{Expression: l.callGuard("asyncGeneratorFunction", f.Idx0(), f.Idx0(), []ast.Expression{f})}
}

func (l *lowering) withMarks(list, marks []ast.Statement) []ast.Statement {
	if len(marks) == 0 {
		return list
	}
	return slices.Insert(list, directives(list), marks...)
}

// markMethods makes a class mark its methods before any other code of the class runs: by a static
// block at its start, and by a field for private methods of instances.
func (l *lowering) markMethods(class *ast.ClassLiteral) {
	at := class.Class
	this := func() ast.Expression { return &ast.ThisExpression{Idx: at} }
	var static []ast.Statement
	var instance []ast.Expression
	public := false
	for _, element := range class.Body {
		method, ok := element.(*ast.MethodDefinition)
		if !ok || !l.generators.functions[method.Body] {
			continue
		}
		private, ok := method.Key.(*ast.PrivateIdentifier)
		switch {
		case !ok:
			public = true
		case method.Static:
			static = append(static, l.mark(&ast.PrivateDotExpression{Left: this(), Identifier: *private}))
		default:
			f := &ast.PrivateDotExpression{Left: this(), Identifier: *private}
			instance = append(instance, l.callGuard("asyncGeneratorFunction", at, at, []ast.Expression{f}))
		}
	}
	if public {
		prototype := &ast.DotExpression{Left: this(), Identifier: ast.Identifier{Name: guardedPrototype, Idx: at}}
		call := l.callGuard("asyncGeneratorMethods", at, at, []ast.Expression{this(), prototype})
		static = append(static, &ast.ExpressionStatement{Expression: call})
	}
	if instance != nil {
		key := &ast.PrivateIdentifier{Identifier: ast.Identifier{Name: localGuard, Idx: at}}
		field := &ast.FieldDefinition{Idx: at, Key: key, Initializer: &ast.SequenceExpression{Sequence: instance}}
		class.Body = slices.Insert(class.Body, 0, ast.ClassElement(field))
	}
	if static != nil {
		block := &ast.BlockStatement{LeftBrace: at, List: static, RightBrace: at}
		class.Body = slices.Insert(class.Body, 0, ast.ClassElement(&ast.ClassStaticBlock{Static: at, Block: block}))
	}
}

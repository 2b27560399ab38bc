package esm

import (
	"fmt"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// rewriter walks a syntax tree and replaces the placeholders of module syntax.
type rewriter struct {
	program *Program
	names   placeholders
	// texts undoes the changes of Scan in the text of functions, if there are any.
	texts *strings.Replacer
	// referrer is an additional first argument for import(), or nil.
	referrer ast.Expression

	refs    map[unistring.String]reference
	shadows map[unistring.String]int // the number of scopes that declare an imported name again

	functions int // around the node, without arrow functions: they have a "this" and "arguments"
	callables int // around the node, with arrow functions: they have an "await"

	assigned map[unistring.String]bool // names that are assigned to, in any scope
	evals    bool                      // unseen code may assign to any name
}

// reference is the replacement of an imported name: a property of the parameter, or the parameter
// itself if property is "".
type reference struct{ parameter, property unistring.String }

// at returns the expression for a reference at a place.
func (ref reference) at(n *ast.Identifier) ast.Expression {
	parameter := &ast.Identifier{Name: ref.parameter, Idx: n.Idx}
	if ref.property == "" {
		return parameter
	}
	return &ast.DotExpression{Left: parameter, Identifier: ast.Identifier{Name: ref.property, Idx: n.Idx}}
}

// sourceText is the text of a function or class for toString.
func (r *rewriter) sourceText(text string) string {
	if r.texts == nil {
		return text
	}
	return r.texts.Replace(text)
}

func (r *rewriter) module(f *ast.FunctionLiteral) {
	// TypeScript lets a declaration replace an import of a type.
	r.scope(varNames(f.DeclarationList), func() { r.block(f.Body) })
}

func (r *rewriter) script(p *ast.Program) {
	r.functions, r.callables = 1, 1
	r.statements(p.Body)
}

// imported returns the reference of a name, if it is an import here.
func (r *rewriter) imported(name unistring.String) (reference, bool) {
	ref, ok := r.refs[name]
	return ref, ok && r.shadows[name] == 0
}

func (r *rewriter) identifier(p *ast.Expression, n *ast.Identifier) {
	switch string(n.Name) {
	case r.names.meta:
		r.program.Meta = true
		n.Name = metaName
	case r.names.dynamic:
		r.program.Dynamic = true
		n.Name = dynamicName
	case r.names.local:
		n.Name = defaultName
	case "arguments":
		if r.functions == 0 {
			r.program.Unbound = true
			*p = &ast.DotExpression{Left: &ast.Identifier{Name: unboundName, Idx: n.Idx}, Identifier: *n}
		}
	default:
		if ref, ok := r.imported(n.Name); ok {
			*p = ref.at(n)
		}
	}
}

// callee rewrites a called expression: an imported function gets no "this".
func (r *rewriter) callee(p *ast.Expression) {
	if n, ok := (*p).(*ast.Identifier); ok {
		if n.Name == "eval" {
			r.evals = true
		}
		r.expression(p)
		if dot, ok := (*p).(*ast.DotExpression); ok {
			zero := &ast.NumberLiteral{Idx: n.Idx, Literal: "0", Value: int64(0)}
			*p = &ast.SequenceExpression{Sequence: []ast.Expression{zero, dot}}
		}
		return
	}
	if optional, ok := (*p).(*ast.Optional); ok {
		r.callee(&optional.Expression)
		return
	}
	r.expression(p)
}

func (r *rewriter) expressions(list []ast.Expression) {
	for i := range list {
		r.expression(&list[i])
	}
}

func (r *rewriter) expression(p *ast.Expression) {
	switch n := (*p).(type) {
	case nil:
	case *ast.Identifier:
		r.identifier(p, n)
	case *ast.ArrayLiteral:
		r.expressions(n.Value)
	case *ast.AssignExpression:
		r.target(&n.Left)
		r.expression(&n.Right)
	case *ast.BinaryExpression:
		r.expression(&n.Left)
		r.expression(&n.Right)
	case *ast.BracketExpression:
		r.expression(&n.Left)
		r.expression(&n.Member)
	case *ast.CallExpression:
		r.callee(&n.Callee)
		r.expressions(n.ArgumentList)
		if callee, ok := n.Callee.(*ast.Identifier); ok && callee.Name == dynamicName && r.referrer != nil {
			n.ArgumentList = append([]ast.Expression{r.referrer}, n.ArgumentList...)
		}
	case *ast.NewExpression:
		r.expression(&n.Callee)
		r.expressions(n.ArgumentList)
	case *ast.ConditionalExpression:
		r.expression(&n.Test)
		r.expression(&n.Consequent)
		r.expression(&n.Alternate)
	case *ast.DotExpression:
		r.expression(&n.Left)
	case *ast.PrivateDotExpression:
		r.expression(&n.Left)
	case *ast.OptionalChain:
		r.expression(&n.Expression)
	case *ast.Optional:
		r.expression(&n.Expression)
	case *ast.FunctionLiteral:
		r.function(n)
	case *ast.ArrowFunctionLiteral:
		r.arrow(n)
	case *ast.ClassLiteral:
		r.class(n)
	case *ast.ObjectLiteral:
		for i := range n.Value {
			r.property(&n.Value[i], r.expression)
		}
	case *ast.SequenceExpression:
		r.expressions(n.Sequence)
	case *ast.SpreadElement:
		r.expression(&n.Expression)
	case *ast.TemplateLiteral:
		r.callee(&n.Tag)
		r.expressions(n.Expressions)
	case *ast.UnaryExpression:
		if n.Operator == token.INCREMENT || n.Operator == token.DECREMENT {
			r.target(&n.Operand)
			return
		}
		if id, ok := n.Operand.(*ast.Identifier); ok && n.Operator == token.TYPEOF && id.Name == "arguments" && r.functions == 0 {
			*p = &ast.StringLiteral{Idx: id.Idx, Value: "undefined"}
			return
		}
		r.expression(&n.Operand)
	case *ast.AwaitExpression:
		r.expression(&n.Argument)
		if r.callables == 0 {
			r.program.Async = true
			*p = &ast.YieldExpression{Yield: n.Await, Argument: n.Argument}
		}
	case *ast.YieldExpression:
		r.expression(&n.Argument)
	case *ast.BadExpression, *ast.BooleanLiteral, *ast.MetaProperty, *ast.NullLiteral, *ast.NumberLiteral,
		*ast.PrivateIdentifier, *ast.RegExpLiteral, *ast.StringLiteral, *ast.SuperExpression, *ast.ThisExpression:
	default:
		panic(fmt.Sprintf("esm: unknown expression %T", n))
	}
}

// target rewrites the target of an assignment.
func (r *rewriter) target(p *ast.Expression) {
	switch n := (*p).(type) {
	case *ast.Identifier:
		if r.assigned != nil {
			r.assigned[n.Name] = true
		}
		if ref, ok := r.imported(n.Name); ok && ref.property == "" {
			// A name space has no properties that can be assigned to.
			ref.property = n.Name
			*p = ref.at(n)
			return
		}
		r.expression(p)
	case *ast.AssignExpression: // a default value in a pattern
		r.target(&n.Left)
		r.expression(&n.Right)
	case *ast.ArrayPattern:
		for i := range n.Elements {
			r.target(&n.Elements[i])
		}
		r.target(&n.Rest)
	case *ast.ObjectPattern:
		for i := range n.Properties {
			r.property(&n.Properties[i], r.target)
		}
		r.target(&n.Rest)
	default:
		r.expression(p)
	}
}

// property rewrites a property of a literal, or of an assignment pattern; rewrite rewrites its
// value.
func (r *rewriter) property(p *ast.Property, rewrite func(*ast.Expression)) {
	switch n := (*p).(type) {
	case *ast.PropertyShort:
		r.expression(&n.Initializer)
		var value ast.Expression = &n.Name
		rewrite(&value)
		if _, same := value.(*ast.Identifier); same && value.(*ast.Identifier) == &n.Name {
			return
		}
		if n.Initializer != nil {
			value = &ast.AssignExpression{Operator: token.ASSIGN, Left: value, Right: n.Initializer}
		}
		key := &ast.StringLiteral{Idx: n.Name.Idx, Literal: n.Name.Name.String(), Value: n.Name.Name}
		*p = &ast.PropertyKeyed{Key: key, Kind: ast.PropertyKindValue, Value: value}
	case *ast.PropertyKeyed:
		if n.Computed {
			r.expression(&n.Key)
		}
		rewrite(&n.Value)
	case *ast.SpreadElement:
		r.expression(&n.Expression)
	default:
		panic(fmt.Sprintf("esm: unknown property %T", n))
	}
}

// binding rewrites the expressions in a pattern that declares names.
func (r *rewriter) binding(target ast.Expression) {
	switch t := target.(type) {
	case nil, *ast.BadExpression:
	case *ast.Identifier:
		if string(t.Name) == r.names.local {
			t.Name = defaultName
		}
	case *ast.Binding:
		r.binding(t.Target)
		r.expression(&t.Initializer)
	case *ast.AssignExpression:
		r.binding(t.Left)
		r.expression(&t.Right)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			r.binding(e)
		}
		r.binding(t.Rest)
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				r.expression(&p.Initializer)
			case *ast.PropertyKeyed:
				if p.Computed {
					r.expression(&p.Key)
				}
				r.binding(p.Value)
			}
		}
		r.binding(t.Rest)
	default:
		panic(fmt.Sprintf("esm: unknown binding %T", t))
	}
}

func (r *rewriter) bindings(list []*ast.Binding) {
	for _, b := range list {
		r.binding(b)
	}
}

func (r *rewriter) function(n *ast.FunctionLiteral) {
	n.Source = r.sourceText(n.Source)
	r.declared(n.Name)
	r.functions++
	r.callables++
	r.scope(oneName(n.Name), func() { r.callable(n.ParameterList, n.DeclarationList, n.Body) })
	r.functions--
	r.callables--
}

// declared gives a declaration without a name that of its export.
func (r *rewriter) declared(name *ast.Identifier) {
	if name != nil && string(name.Name) == r.names.local {
		name.Name = defaultName
	}
}

func (r *rewriter) arrow(n *ast.ArrowFunctionLiteral) {
	n.Source = r.sourceText(n.Source)
	r.callables++
	r.callable(n.ParameterList, n.DeclarationList, n.Body)
	r.callables--
}

func (r *rewriter) callable(parameters *ast.ParameterList, vars []*ast.VariableDeclaration, body ast.ConciseBody) {
	names := func(f func(unistring.String)) {
		bindingNames(parameters.List, f)
		targetNames(parameters.Rest, f)
	}
	r.scope(names, func() {
		r.bindings(parameters.List)
		r.binding(parameters.Rest)
		r.scope(varNames(vars), func() {
			switch b := body.(type) {
			case *ast.BlockStatement:
				r.block(b)
			case *ast.ExpressionBody:
				r.expression(&b.Expression)
			}
		})
	})
}

func (r *rewriter) class(n *ast.ClassLiteral) {
	n.Source = r.sourceText(n.Source)
	r.declared(n.Name)
	r.scope(oneName(n.Name), func() {
		r.expression(&n.SuperClass)
		for _, element := range n.Body {
			r.element(element)
		}
	})
}

func (r *rewriter) element(element ast.ClassElement) {
	switch e := element.(type) {
	case *ast.FieldDefinition:
		if e.Computed {
			r.expression(&e.Key)
		}
		r.functions++
		r.callables++
		r.expression(&e.Initializer)
		r.functions--
		r.callables--
	case *ast.MethodDefinition:
		if e.Computed {
			r.expression(&e.Key)
		}
		r.function(e.Body)
	case *ast.ClassStaticBlock:
		r.functions++
		r.callables++
		r.scope(varNames(e.DeclarationList), func() { r.block(e.Block) })
		r.functions--
		r.callables--
	default:
		panic(fmt.Sprintf("esm: unknown element %T", e))
	}
}

func (r *rewriter) block(n *ast.BlockStatement) {
	if n != nil {
		r.scope(lexicalNames(n.List), func() { r.statements(n.List) })
	}
}

func (r *rewriter) statements(list []ast.Statement) {
	for _, s := range list {
		r.statement(s)
	}
}

func (r *rewriter) statement(statement ast.Statement) {
	switch n := statement.(type) {
	case nil:
	case *ast.BlockStatement:
		r.block(n)
	case *ast.ClassDeclaration:
		r.class(n.Class)
	case *ast.DoWhileStatement:
		r.statement(n.Body)
		r.expression(&n.Test)
	case *ast.ExpressionStatement:
		r.expression(&n.Expression)
	case *ast.ForInStatement:
		r.forInto(n.Into, &n.Source, n.Body)
	case *ast.ForOfStatement:
		r.forInto(n.Into, &n.Source, n.Body)
	case *ast.ForStatement:
		r.forLoop(n)
	case *ast.FunctionDeclaration:
		r.function(n.Function)
	case *ast.IfStatement:
		r.expression(&n.Test)
		r.statement(n.Consequent)
		r.statement(n.Alternate)
	case *ast.LabelledStatement:
		r.statement(n.Statement)
	case *ast.LexicalDeclaration:
		r.bindings(n.List)
	case *ast.ReturnStatement:
		r.expression(&n.Argument)
	case *ast.SwitchStatement:
		r.expression(&n.Discriminant)
		var all []ast.Statement
		for _, c := range n.Body {
			all = append(all, c.Consequent...)
		}
		r.scope(lexicalNames(all), func() {
			for _, c := range n.Body {
				r.expression(&c.Test)
				r.statements(c.Consequent)
			}
		})
	case *ast.ThrowStatement:
		r.expression(&n.Argument)
	case *ast.TryStatement:
		r.block(n.Body)
		if c := n.Catch; c != nil {
			names := func(f func(unistring.String)) { targetNames(c.Parameter, f) }
			r.scope(names, func() {
				r.binding(c.Parameter)
				r.block(c.Body)
			})
		}
		r.block(n.Finally)
	case *ast.VariableStatement:
		r.bindings(n.List)
	case *ast.WhileStatement:
		r.expression(&n.Test)
		r.statement(n.Body)
	case *ast.WithStatement:
		r.expression(&n.Object)
		r.statement(n.Body)
	case *ast.BadStatement, *ast.BranchStatement, *ast.DebuggerStatement, *ast.EmptyStatement:
	default:
		panic(fmt.Sprintf("esm: unknown statement %T", n))
	}
}

func (r *rewriter) forLoop(n *ast.ForStatement) {
	rest := func() {
		r.expression(&n.Test)
		r.expression(&n.Update)
		r.statement(n.Body)
	}
	switch i := n.Initializer.(type) {
	case *ast.ForLoopInitializerExpression:
		r.expression(&i.Expression)
	case *ast.ForLoopInitializerVarDeclList:
		r.bindings(i.List)
	case *ast.ForLoopInitializerLexicalDecl:
		list := i.LexicalDeclaration.List
		r.scope(func(f func(unistring.String)) { bindingNames(list, f) }, func() {
			r.bindings(list)
			rest()
		})
		return
	}
	rest()
}

func (r *rewriter) forInto(into ast.ForInto, source *ast.Expression, body ast.Statement) {
	rest := func() {
		r.expression(source)
		r.statement(body)
	}
	switch i := into.(type) {
	case *ast.ForIntoExpression:
		r.target(&i.Expression)
	case *ast.ForIntoVar:
		r.binding(i.Binding)
	case *ast.ForDeclaration:
		r.scope(func(f func(unistring.String)) { targetNames(i.Target, f) }, func() {
			r.binding(i.Target)
			rest()
		})
		return
	}
	rest()
}

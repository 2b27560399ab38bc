package gojavm

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

// guardName is the global variable of the guard, which inserted code uses.
const guardName = "__gojavm_guard"

// localGuard is the variable of a module that holds the guard. It is not an identifier, so no script can use it.
const localGuard = "guard "

// guardedPrototype is the property of the guard for objects that may have a long chain of
// prototypes: future prototypes, and objects that a function of the script created.
const guardedPrototype = "prototype"

// lower changes a parsed program where goja would run it incorrectly or could not be
// interrupted:
//
//   - A function whose arrow functions use its "arguments" evaluates "arguments" first;
//     otherwise goja gives the arrow functions different ones.
//
//   - The result of an addition that may be a long string is assigned to the guard,
//     which throws if it is too long. The guard also checks squares and powers, which may
//     be long BigInts, the distance of shifts, objects that become prototypes, and
//     the results of "new".
//
//   - Endless loops yield; see yieldInLoops.
//
//   - A call creates a regular expression that goja does not support. lower also reports
//     errors in regular expressions that goja does not detect.
//
//   - Asynchronous generators become ordinary ones; see asyncGenerators.
//
// The program of a module has a local variable for the guard.
func lower(program *ast.Program, module bool) error {
	l := &lowering{seen: map[any]bool{}, guard: guardName, strict: module}
	if module {
		l.guard = localGuard
	}
	l.program(program)
	if l.err != nil {
		return l.err
	}
	if f := moduleFunction(program); module && f != nil {
		at := f.Body.LeftBrace
		binding := &ast.Binding{Target: &ast.Identifier{Name: localGuard, Idx: at}, Initializer: &ast.Identifier{Name: guardName, Idx: at}}
		declaration := &ast.LexicalDeclaration{Idx: at, Token: token.CONST, List: []*ast.Binding{binding}}
		f.Body.List = slices.Insert(f.Body.List, 1, ast.Statement(declaration)) // behind the directive
	}
	yieldInLoops(program)
	return nil
}

// moduleFunction returns the function that a module's program consists of, nil for a script.
func moduleFunction(program *ast.Program) *ast.FunctionLiteral {
	if len(program.Body) != 1 {
		return nil
	}
	statement, ok := program.Body[0].(*ast.ExpressionStatement)
	if !ok {
		return nil
	}
	f, _ := statement.Expression.(*ast.FunctionLiteral)
	return f
}

// lastCodePoint matches the escape of U+10FFFF, at which goja's parser panics.
var lastCodePoint = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`((?:^|[^\\])(?:\\\\)*)\\u\{0*10[fF]{4}\}`)
})

func parse(source string) (*ast.Program, error) { return esm.ParseScript("", source, nil) }

type lowering struct {
	seen       map[any]bool
	functions  []*functionScope  // around the current node, the innermost last
	text       string            // the source to insert into; "" to change the tree
	guard      unistring.String  // the name of the guard
	strict     bool              // the program is in strict mode
	helpers    map[string]string // variables to replace by members of the guard
	generators asyncGenerators
	known      inferred
	insertions []insertion
	err        *literalError // the first
}

// literalError is an error in a regular expression.
type literalError struct {
	at  file.Idx
	err error
}

func (e *literalError) Error() string { return e.err.Error() }

type functionScope struct {
	arrow          bool
	class          bool // the scope of a class, which has no arguments of its own either
	strict         bool
	asyncGenerator bool
	uses           bool // arrow functions in it use its "arguments"
}

type insertion struct {
	at, length int // length of the replaced text
	text       string
}

func (l *lowering) program(program *ast.Program) {
	l.strict = l.strict || isStrict(program.Body)
	body := program.Body
	if f := moduleFunction(program); f != nil {
		body = f.Body.List
	}
	l.replaceHelpers(body)
	l.known = infer(program)
	l.visit(reflect.ValueOf(program))
}

// isStrict reports whether the current node is in strict mode.
func (l *lowering) isStrict() bool {
	if n := len(l.functions); n > 0 {
		return l.functions[n-1].strict
	}
	return l.strict
}

// isStrict reports whether a script or a function begins with "use strict".
func isStrict(body []ast.Statement) bool {
	for _, directive := range body[:directives(body)] {
		if text := directive.(*ast.ExpressionStatement).Expression.(*ast.StringLiteral).Literal; len(text) > 2 && text[1:len(text)-1] == "use strict" {
			return true
		}
	}
	return false
}

// directives counts the directives at the start of a script or a function.
func directives(body []ast.Statement) int {
	for i, statement := range body {
		expression, ok := statement.(*ast.ExpressionStatement)
		if !ok {
			return i
		}
		if _, ok := expression.Expression.(*ast.StringLiteral); !ok {
			return i
		}
	}
	return len(body)
}

func (l *lowering) insertAt(at file.Idx, text string) {
	l.insertions = append(l.insertions, insertion{int(at) - 1, 0, text})
}

func (l *lowering) insert() string {
	slices.SortStableFunc(l.insertions, func(a, b insertion) int { return a.at - b.at })
	var b strings.Builder
	from := 0
	for _, i := range slices.Compact(l.insertions) {
		if i.at < from {
			continue // the insertion is in replaced text
		}
		b.WriteString(l.text[from:i.at])
		b.WriteString(i.text)
		from = i.at + i.length
	}
	b.WriteString(l.text[from:])
	return b.String()
}

var expressionType = reflect.TypeFor[ast.Expression]()

// visit walks a node and its children, and replaces expressions after their children.
func (l *lowering) visit(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		l.visit(v.Elem())
		if v.Type() == expressionType && v.CanSet() && l.text == "" {
			e := v.Interface().(ast.Expression)
			replaced := l.lowerAsyncGenerator(e)
			if replaced == nil {
				replaced = l.guardGrowth(e)
			}
			if replaced != nil {
				v.Set(reflect.ValueOf(replaced))
			}
		}
	case reflect.Pointer:
		if v.IsNil() || l.seen[v.Interface()] || !strings.HasSuffix(v.Type().Elem().PkgPath(), "/ast") {
			return
		}
		l.seen[v.Interface()] = true
		l.node(v)
	case reflect.Struct:
		if name, ok := v.Interface().(ast.PropertyShort); ok {
			l.identifier(&name.Name)
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				l.visit(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			l.visit(v.Index(i))
		}
	}
}

func (l *lowering) node(v reflect.Value) {
	switch n := v.Interface().(type) {
	case *ast.Identifier:
		l.identifier(n)
	case *ast.FunctionLiteral:
		scope := &functionScope{strict: l.isStrict() || isStrict(n.Body.List), asyncGenerator: l.text == "" && isAsyncGenerator(n)}
		l.functions = append(l.functions, scope)
		l.visit(v.Elem())
		l.functions = l.functions[:len(l.functions)-1]
		if scope.asyncGenerator {
			l.generators.add(n)
		}
		if scope.uses {
			l.nameArguments(n)
		}
	case *ast.ArrowFunctionLiteral:
		strict := l.isStrict()
		if body, ok := n.Body.(*ast.BlockStatement); ok {
			strict = strict || isStrict(body.List)
		}
		l.functions = append(l.functions, &functionScope{arrow: true, strict: strict})
		l.visit(v.Elem())
		l.functions = l.functions[:len(l.functions)-1]
	case *ast.RegExpLiteral:
		if err := checkRegExp(n.Pattern, n.Flags); err != nil && l.err == nil {
			l.err = &literalError{n.Idx, err}
		}
		if l.text != "" && isForeignRegExp(n) {
			call := guardName + ".regexp(" + quote(n.Pattern) + "," + quote(n.Flags) + ")"
			// Not n.Literal, which may end before the flags do.
			l.insertions = append(l.insertions, insertion{int(n.Idx) - 1, len("//") + len(n.Pattern) + len(n.Flags), call})
		}
	case *ast.ClassLiteral:
		l.functions = append(l.functions, &functionScope{arrow: true, class: true, strict: true})
		l.visit(v.Elem())
		l.functions = l.functions[:len(l.functions)-1]
		l.markMethods(n)
		nameConstructor(n)
		if n.SuperClass == nil {
			break
		}
		if l.text == "" {
			n.SuperClass = l.guardedAs(guardedPrototype, n.SuperClass)
		} else {
			l.insertAt(n.SuperClass.Idx0(), "("+guardName+"."+guardedPrototype+"=")
			l.insertAt(n.SuperClass.Idx1(), ")")
		}
	default:
		if l.text != "" {
			l.insertGuards(v.Interface())
		}
		l.nameAsyncGenerators(v.Interface())
		l.visit(v.Elem())
		l.lowerStatement(v.Interface())
	}
}

// nameConstructor makes stacks show a constructor by the name of its class.
func nameConstructor(class *ast.ClassLiteral) {
	for _, element := range class.Body {
		method, ok := element.(*ast.MethodDefinition)
		if !ok || method.Static || method.Computed || class.Name == nil {
			continue
		}
		if key, ok := method.Key.(*ast.StringLiteral); ok && key.Value == "constructor" && method.Body.Name == nil {
			method.Body.Name = &ast.Identifier{Name: class.Name.Name, Idx: method.Body.Function}
		}
	}
}

func (l *lowering) identifier(n *ast.Identifier) {
	if n.Name != "arguments" {
		return
	}
	for i := len(l.functions) - 1; i >= 0; i-- {
		if !l.functions[i].arrow {
			l.functions[i].uses = l.functions[i].uses || i < len(l.functions)-1
			return
		}
	}
}

// nameArguments makes a function use its "arguments" before any arrow function in it.
func (l *lowering) nameArguments(f *ast.FunctionLiteral) {
	directives := directives(f.Body.List)
	if l.text != "" {
		if directives > 0 {
			l.insertAt(f.Body.List[directives-1].Idx1(), ";arguments;")
		} else {
			l.insertAt(f.Body.LeftBrace+1, "arguments;")
		}
		return
	}
	name := func(at file.Idx) ast.Expression { return &ast.Identifier{Name: "arguments", Idx: at} }
	use := &ast.ExpressionStatement{Expression: name(f.Body.LeftBrace)}
	f.Body.List = slices.Insert(f.Body.List, directives, ast.Statement(use))
	for _, parameter := range f.ParameterList.List {
		if parameter.Initializer != nil {
			at := parameter.Initializer.Idx0()
			parameter.Initializer = &ast.SequenceExpression{Sequence: []ast.Expression{name(at), parameter.Initializer}}
			break
		}
	}
}

// guardGrowth returns the replacement of an expression whose value may be too large, or nil to
// keep it.
func (l *lowering) guardGrowth(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.BracketExpression:
		e.Member = l.unguarded(e.Member)
	case *ast.ObjectLiteral:
		for _, property := range e.Value {
			if p, ok := property.(*ast.PropertyKeyed); ok && !p.Computed && p.Kind == ast.PropertyKindValue {
				if name, ok := p.Key.(*ast.StringLiteral); ok && name.Value == "__proto__" {
					p.Value = l.guardedAs(guardedPrototype, p.Value)
				}
			}
		}
	case *ast.BinaryExpression:
		switch e.Operator {
		case token.PLUS, token.LOGICAL_AND, token.LOGICAL_OR, token.COALESCE:
		default:
			e.Left, e.Right = l.unguarded(e.Left), l.unguarded(e.Right)
		}
		switch {
		case l.grows(e.Operator, e.Left, e.Right):
			return l.guarded(e)
		case (e.Operator == token.SHIFT_LEFT || e.Operator == token.SHIFT_RIGHT) && !isBounded(e.Right):
			e.Right = l.guardedAs(e.Operator.String(), e.Right)
		case e.Operator == token.EXPONENT && !isNumberLiteral(e.Left) && !isNumberLiteral(e.Right):
			return l.power(e.Left, e.Right)
		}
	case *ast.AssignExpression:
		if isPrototype(e.Left) { // calling a generator function, without "new", creates an object too
			e.Right = l.guardedAs(guardedPrototype, e.Right)
		}
		switch {
		case l.grows(e.Operator, e.Left, e.Right):
			return l.guarded(e)
		case (e.Operator == token.SHIFT_LEFT || e.Operator == token.SHIFT_RIGHT) && !isBounded(e.Right):
			e.Right = l.guardedAs(e.Operator.String(), e.Right)
		case e.Operator == token.EXPONENT:
			if name, ok := e.Left.(*ast.Identifier); ok {
				return &ast.AssignExpression{Operator: token.ASSIGN, Left: name, Right: l.power(&ast.Identifier{Name: name.Name, Idx: name.Idx}, e.Right)}
			}
		}
	case *ast.CallExpression:
		if name, ok := e.Callee.(*ast.Identifier); ok && name.Name == "eval" && len(e.ArgumentList) > 0 {
			e.ArgumentList = []ast.Expression{l.callGuard(l.sourceGuard(), e.LeftParenthesis, e.RightParenthesis, e.ArgumentList)}
		}
	case *ast.NewExpression:
		if name, ok := e.Callee.(*ast.Identifier); !ok || !l.known.classes[name.Name] { // the chain of a class is checked where it is defined
			return l.guardedAs(guardedPrototype, e)
		}
	case *ast.RegExpLiteral:
		if isForeignRegExp(e) {
			text := func(s string) ast.Expression {
				return &ast.StringLiteral{Idx: e.Idx, Literal: quote(s), Value: unistring.NewFromString(s)}
			}
			return l.callGuard("regexp", e.Idx, e.Idx1(), []ast.Expression{text(e.Pattern), text(e.Flags)})
		}
	case *ast.TemplateLiteral:
		if e.Tag == nil && len(e.Expressions) > 1 {
			return l.guarded(e)
		}
	}
	return nil
}

// quote returns a string literal.
func quote(s string) string {
	text, _ := json.Marshal(s) // cannot fail for a string
	return string(text)
}

// isPrototype reports whether an expression is a property named prototype.
func isPrototype(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.DotExpression:
		return e.Identifier.Name == guardedPrototype
	case *ast.BracketExpression:
		name, ok := e.Member.(*ast.StringLiteral)
		return ok && name.Value == guardedPrototype
	}
	return false
}

// isForeignRegExp reports whether goja does not support a literal's flags or properties (\p).
func isForeignRegExp(n *ast.RegExpLiteral) bool {
	return strings.ContainsAny(n.Flags, "dv") ||
		strings.Contains(n.Flags, "u") && (strings.Contains(n.Pattern, `\p`) || strings.Contains(n.Pattern, `\P`))
}

// grows reports whether the result may be much longer than each of the operands.
func (l *lowering) grows(operator token.Token, left, right ast.Expression) bool {
	switch operator {
	case token.PLUS:
		return !isBounded(left) && !isBounded(right) && !l.known.isNumber(left) && !l.known.isNumber(right)
	case token.MULTIPLY:
		a, isName := left.(*ast.Identifier)
		b, isSame := right.(*ast.Identifier)
		return isName && isSame && a.Name == b.Name
	}
	return false
}

// isBounded reports whether a value is a number or a short string.
func isBounded(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.NumberLiteral, *ast.StringLiteral, *ast.BooleanLiteral, *ast.NullLiteral:
		return true
	case *ast.UnaryExpression:
		return e.Operator != token.MINUS || isBounded(e.Operand)
	case *ast.BinaryExpression:
		switch e.Operator {
		case token.PLUS:
			return isBounded(e.Left) && isBounded(e.Right)
		case token.MINUS, token.SLASH, token.REMAINDER, token.AND, token.OR, token.EXCLUSIVE_OR, token.SHIFT_RIGHT,
			token.UNSIGNED_SHIFT_RIGHT, token.MULTIPLY, token.SHIFT_LEFT, token.EXPONENT:
			// The result is never a long string, and, if one operand is not a BigInt, never a BigInt.
			return isBounded(e.Left) || isBounded(e.Right)
		}
		return e.Comparison
	}
	return false
}

func isNumberLiteral(e ast.Expression) bool {
	n, ok := e.(*ast.NumberLiteral)
	return ok && !strings.HasSuffix(n.Literal, "n")
}

func (l *lowering) guardMember(name string, at file.Idx) *ast.DotExpression {
	return &ast.DotExpression{
		Left:       &ast.Identifier{Name: l.guard, Idx: at},
		Identifier: ast.Identifier{Name: unistring.NewFromString(name), Idx: at},
	}
}

// guarded returns "guard.value = e", whose value is that of e.
func (l *lowering) guarded(e ast.Expression) ast.Expression { return l.guardedAs("value", e) }

// unguarded removes the guard from an operand of an operation whose result is a number: the operand
// is at most twice as long as allowed, and temporary.
func (l *lowering) unguarded(e ast.Expression) ast.Expression {
	assign, ok := e.(*ast.AssignExpression)
	if !ok || assign.Operator != token.ASSIGN {
		return e
	}
	if member, ok := assign.Left.(*ast.DotExpression); ok && member.Identifier.Name == "value" {
		if name, ok := member.Left.(*ast.Identifier); ok && name.Name == l.guard {
			return assign.Right
		}
	}
	return e
}

func (l *lowering) guardedAs(name string, e ast.Expression) ast.Expression {
	return &ast.AssignExpression{Operator: token.ASSIGN, Left: l.guardMember(name, e.Idx0()), Right: e}
}

func (l *lowering) callGuard(name string, left, right file.Idx, arguments []ast.Expression) ast.Expression {
	return &ast.CallExpression{
		Callee: l.guardMember(name, left), LeftParenthesis: left, ArgumentList: arguments, RightParenthesis: right,
	}
}

// sourceGuard names the member of the guard that lowers sources for eval.
func (l *lowering) sourceGuard() string {
	if l.isStrict() {
		return "strictSource"
	}
	return "source"
}

func (l *lowering) power(base, exponent ast.Expression) ast.Expression {
	return l.callGuard("power", base.Idx0(), exponent.Idx1(), []ast.Expression{base, exponent})
}

// insertGuards inserts guards into the text where a prefix is sufficient: before expressions that
// are assigned, returned or at the start of a statement.
func (l *lowering) insertGuards(node any) {
	prefix := func(e ast.Expression) {
		if e != nil && l.beginsExpression(int(e.Idx0())-1) {
			l.insertAt(e.Idx0(), guardName+".value=")
		}
	}
	growing := func(e ast.Expression) {
		if b, ok := e.(*ast.BinaryExpression); ok && l.grows(b.Operator, b.Left, b.Right) {
			prefix(e)
		}
		if t, ok := e.(*ast.TemplateLiteral); ok && t.Tag == nil && len(t.Expressions) > 1 {
			prefix(e)
		}
	}
	yield := func(e ast.Expression) {
		if e != nil && isConstant(e) {
			l.insertAt(e.Idx0(), guardName+".value&&")
		}
	}
	switch n := node.(type) {
	case *ast.CallExpression:
		if name, ok := n.Callee.(*ast.Identifier); ok && name.Name == "eval" && len(n.ArgumentList) > 0 {
			l.insertAt(n.LeftParenthesis+1, guardName+"."+l.sourceGuard()+"(")
			l.insertAt(n.RightParenthesis, ")")
		}
	case *ast.NewExpression:
		if before := strings.TrimRight(l.text[:int(n.Idx0())-1], " \t\r\n"); before != "" && strings.IndexByte("=([,:?&|!", before[len(before)-1]) >= 0 {
			l.insertAt(n.Idx0(), "("+guardName+"."+guardedPrototype+"=")
			l.insertAt(endOfNew(n), ")")
		}
	case *ast.AssignExpression:
		if l.grows(n.Operator, n.Left, n.Right) {
			prefix(n)
		} else {
			growing(n.Right)
		}
	case *ast.ExpressionStatement:
		if a, ok := n.Expression.(*ast.AssignExpression); ok && l.grows(a.Operator, a.Left, a.Right) &&
			!strings.HasSuffix(l.text[:int(a.Idx0())-1], "(") {
			l.insertAt(a.Idx0(), guardName+".value=")
		}
	case *ast.ReturnStatement:
		growing(n.Argument)
	case *ast.Binding:
		growing(n.Initializer)
	case *ast.ExpressionBody:
		growing(n.Expression)
	case *ast.WhileStatement:
		yield(n.Test)
	case *ast.DoWhileStatement:
		yield(n.Test)
	case *ast.ForStatement:
		if n.Test != nil {
			yield(n.Test)
			break
		}
		switch body := n.Body.(type) {
		case *ast.BlockStatement:
			l.insertAt(body.LeftBrace+1, guardName+".value;")
		case *ast.ExpressionStatement:
			l.insertAt(body.Idx0(), guardName+".value,")
		case *ast.EmptyStatement:
			l.insertAt(body.Idx0(), guardName+".value")
		}
	}
}

// endOfNew returns the end of a "new" expression, with arguments or without. goja's Idx1 ignores an empty "()".
func endOfNew(n *ast.NewExpression) file.Idx {
	if n.RightParenthesis > 0 {
		return n.RightParenthesis + 1
	}
	if callee, ok := n.Callee.(*ast.NewExpression); ok {
		return endOfNew(callee)
	}
	return n.Callee.Idx1()
}

// beginsExpression reports whether an assignment inserted at a position would cover the whole
// expression that begins there.
func (l *lowering) beginsExpression(at int) bool {
	before := strings.TrimRight(l.text[:at], " \t\r\n")
	for _, end := range []string{"return", "=>", ";", "{", "}", ","} {
		if strings.HasSuffix(before, end) {
			return true
		}
	}
	return before == "" || strings.HasSuffix(before, "=") && !strings.HasSuffix(before, "==")
}

package gojavm

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja/ast"
)

// esbuild makes ordinary generators of asynchronous ones, and prints the functions that run
// them. Their place is taken by functions of the VM's realm, which do what ECMAScript says:
// lateBuiltinsSource has them.

// generatorHelpers are the members of the guard that take the place of esbuild's functions.
var generatorHelpers = map[string]string{"__asyncGenerator": "asyncGenerator", "__yieldStar": "yieldStar", "__await": "await"}

var helperDeclaration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^var ((__[a-zA-Z]+)\d*) = `)
})

// helpers are the variables that esbuild has added for the functions in generatorHelpers, and
// the members for them. Their lines stand for no place of the source.
func (c *code) helpers() map[string]string {
	if !strings.Contains(c.text, "__asyncGenerator") {
		return nil
	}
	var m struct{ Mappings string }
	if json.Unmarshal(c.sourceMap, &m) != nil {
		return nil
	}
	found := map[string]string{}
	mappings := strings.Split(m.Mappings, ";")
	for i, line := range strings.Split(c.text, "\n") {
		name := helperDeclaration().FindStringSubmatch(line)
		if name == nil || i < len(mappings) && mappings[i] != "" {
			continue
		}
		if member := generatorHelpers[name[2]]; member != "" {
			found[name[1]] = member
		}
	}
	return found
}

// replaceHelpers puts the realm's functions in the place of esbuild's, in the statements of a
// program or a module.
func (l *lowering) replaceHelpers(list []ast.Statement) {
	if len(l.helpers) == 0 {
		return
	}
	for _, statement := range list {
		declaration, ok := statement.(*ast.VariableStatement)
		if !ok {
			continue
		}
		for _, b := range declaration.List {
			name, ok := b.Target.(*ast.Identifier)
			if !ok || l.helpers[name.Name.String()] == "" {
				continue
			}
			member, at := l.helpers[name.Name.String()], b.Initializer.Idx0()
			if l.text == "" {
				b.Initializer = l.guardMember(member, at)
			} else {
				l.insertions = append(l.insertions, insertion{int(at) - 1, int(b.Initializer.Idx1() - at), guardName + "." + member})
			}
		}
	}
}

// awaitReturned has "return value" in an asynchronous generator await the value, if the
// function is the generator in a call of esbuild's function.
func (l *lowering) awaitReturned(call *ast.CallExpression) {
	callee, ok := call.Callee.(*ast.Identifier)
	if !ok || l.text != "" || l.helpers[callee.Name.String()] != "asyncGenerator" || len(call.ArgumentList) != 3 {
		return
	}
	if f, ok := call.ArgumentList[2].(*ast.FunctionLiteral); ok && f.Generator {
		eachReturn(f.Body, func(n *ast.ReturnStatement) {
			at := n.Argument.Idx0()
			marker := &ast.NewExpression{
				New: at, Callee: l.guardMember("await", at), LeftParenthesis: at,
				ArgumentList: []ast.Expression{n.Argument}, RightParenthesis: at,
			}
			n.Argument = &ast.YieldExpression{Yield: at, Argument: marker}
		})
	}
}

// eachReturn calls f for each return statement with a value in a statement, but for those in
// functions in it.
func eachReturn(statement ast.Statement, f func(*ast.ReturnStatement)) {
	list := func(statements []ast.Statement) {
		for _, s := range statements {
			eachReturn(s, f)
		}
	}
	switch n := statement.(type) {
	case *ast.ReturnStatement:
		if n.Argument != nil {
			f(n)
		}
	case *ast.BlockStatement:
		if n != nil {
			list(n.List)
		}
	case *ast.IfStatement:
		list([]ast.Statement{n.Consequent, n.Alternate})
	case *ast.ForStatement:
		eachReturn(n.Body, f)
	case *ast.ForInStatement:
		eachReturn(n.Body, f)
	case *ast.ForOfStatement:
		eachReturn(n.Body, f)
	case *ast.WhileStatement:
		eachReturn(n.Body, f)
	case *ast.DoWhileStatement:
		eachReturn(n.Body, f)
	case *ast.WithStatement:
		eachReturn(n.Body, f)
	case *ast.LabelledStatement:
		eachReturn(n.Statement, f)
	case *ast.SwitchStatement:
		for _, c := range n.Body {
			list(c.Consequent)
		}
	case *ast.TryStatement:
		eachReturn(n.Body, f)
		if n.Catch != nil {
			eachReturn(n.Catch.Body, f)
		}
		eachReturn(n.Finally, f)
	}
}

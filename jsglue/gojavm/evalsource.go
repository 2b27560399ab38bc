package gojavm

import (
	"fmt"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/evanw/esbuild/pkg/api"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

// evalName is the file name of code that scripts compile, as in goja.
const evalName = "<eval>"

// lowerSource is lower for a text that goja itself parses: an argument of eval or Function.
// It only inserts into the text. esbuild first transforms a text that goja cannot parse, or
// whose functions goja does not hoist out of blocks. strict is true if the surrounding code is
// in strict mode.
func lowerSource(source string, strict bool) (lowered string, err error) {
	if err := checkSource(source, api.LoaderJS); err != nil {
		return "", err
	}
	source = lastCodePoint().ReplaceAllString(source, `$1\udbff\udfff`)
	l := &lowering{seen: map[any]bool{}, text: source, strict: strict}
	program, err := parse(source)
	dynamic := ""
	if err != nil || needsTransform(program, strict) {
		if transformed := transformEval(source, strict); transformed != nil {
			if tree, failed := parse(transformed.syntax.Text); failed == nil {
				program, err = tree, nil
				l.text = transformed.syntax.Text
				l.helpers = transformed.helpers
				l.nameFunctions(program, transformed.origins)
				dynamic = transformed.syntax.DynamicName()
			}
		}
	}
	if err != nil {
		return source, nil // goja reports it
	}
	l.program(program)
	if l.err != nil {
		return "", fmt.Errorf("SyntaxError: %w", l.err.err)
	}
	if len(l.insertions) == 0 && dynamic == "" {
		return l.text, nil
	}
	lowered = l.insert()
	if dynamic != "" {
		lowered = strings.ReplaceAll(lowered, dynamic, guardName+".import")
	}
	if _, err := parse(lowered); err != nil {
		return source, nil
	}
	return lowered, nil
}

// transformedEval is the result of transformEval.
type transformedEval struct {
	syntax  *esm.Syntax
	origins map[int]origin
	helpers map[string]string
}

// transformEval transforms a text with esbuild. It returns nil if the text is not a valid script.
func transformEval(text string, strict bool) *transformedEval {
	text = keepCompletion(text)
	if strict {
		text = "'use strict';" + text
	}
	s := &source{name: evalName, path: absPath(evalName), loader: api.LoaderJS, text: text}
	c, err := s.transform(false, asyncGeneratorFeature)
	if err != nil || c.module {
		return nil
	}
	syntax := esm.Scan(c.text)
	if syntax.Error != nil || syntax.IsModule() {
		return nil
	}
	return &transformedEval{syntax, c.origins(text), c.helpers()}
}

// needsTransform reports whether a program has asynchronous generators, or functions in blocks outside
// of strict mode, which are also variables of the enclosing function. goja parses both, but does
// not compile them correctly.
func needsTransform(program *ast.Program, strict bool) bool {
	found := false
	bodies := map[any]bool{}
	contains := func(list ...ast.Statement) {
		for _, statement := range list {
			f, ok := statement.(*ast.FunctionDeclaration)
			found = found || ok && !strict && !f.Function.Async && !f.Function.Generator
		}
	}
	eachNode(program, func(node any) {
		switch n := node.(type) {
		case *ast.FunctionLiteral:
			bodies[n.Body] = true
			found = found || n.Async && n.Generator
		case *ast.ArrowFunctionLiteral:
			bodies[n.Body] = true
		case *ast.BlockStatement:
			if !bodies[n] {
				contains(n.List...)
			}
		case *ast.CaseStatement:
			contains(n.Consequent...)
		case *ast.IfStatement:
			contains(n.Consequent, n.Alternate)
		}
	})
	return found
}

// nameFunctions restores the names of functions that esbuild assigned to variables with other
// names.
func (l *lowering) nameFunctions(program *ast.Program, origins map[int]origin) {
	eachNode(program, func(node any) {
		b, ok := node.(*ast.Binding)
		if !ok {
			return
		}
		target, isName := b.Target.(*ast.Identifier)
		f, isFunction := b.Initializer.(*ast.FunctionLiteral)
		if !isName || !isFunction || f.Name != nil {
			return
		}
		if o := origins[int(target.Idx)-1]; o.renamed && o.name != "" {
			l.insertAt(f.Idx0(), "({"+quote(o.name)+":")
			l.insertAt(f.Idx1(), "})["+quote(o.name)+"]")
		}
	})
}

// functionText returns the source of the function that the constructor of a kind of functions
// creates.
func functionText(kind, parameters, body string) string {
	return kind + " anonymous(" + parameters + "\n) {\n" + body + "\n}"
}

// functionParts splits the arguments of such a constructor into parameters and body.
func functionParts(arguments []string) (parameters, body string) {
	if len(arguments) == 0 {
		return "", ""
	}
	last := len(arguments) - 1
	return strings.Join(arguments[:last], ","), arguments[last]
}

// lowerFunction is lowerSource for the arguments of Function and the other constructors of functions.
func lowerFunction(kind, parameters, body string) (loweredParameters, loweredBody string, err error) {
	// goja concatenates them in the same way. (The newlines end comments in the arguments.)
	source := "(" + functionText(kind, parameters, body) + ")"
	lowered, err := lowerSource(source, false)
	if err != nil || lowered == source {
		return parameters, body, err
	}
	program, err := parse(lowered)
	if err != nil || len(program.Body) == 0 {
		return parameters, body, nil
	}
	last, ok := program.Body[len(program.Body)-1].(*ast.ExpressionStatement)
	if !ok {
		return parameters, body, nil
	}
	f, ok := last.Expression.(*ast.FunctionLiteral)
	if !ok {
		return parameters, body, nil
	}
	text := func(from, to int) string { return lowered[from-1 : to-1] }
	start := int(f.Body.LeftBrace) + 1
	if before := text(1, int(f.Function)); strings.TrimSpace(before) != "(" {
		// Move the helpers that esbuild put before the function to the start of its body.
		after := start
		if n := directives(f.Body.List); n > 0 {
			after = int(f.Body.List[n-1].Idx1())
		}
		helpers := strings.TrimSuffix(strings.TrimSpace(before), "(")
		return text(int(f.ParameterList.Opening)+1, int(f.ParameterList.Closing)),
			text(start, after) + ";" + helpers + text(after, int(f.Body.RightBrace)), nil
	}
	return text(int(f.ParameterList.Opening)+1, int(f.ParameterList.Closing)), text(start, int(f.Body.RightBrace)), nil
}

package esm

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/unistring"
)

const (
	// HeadLines and HeadLength are the number of lines and bytes before the module's own text in
	// the parsed text.
	HeadLines  = 1
	HeadLength = len(head)

	head = "(async function () { \"use strict\";\n"
	tail = "\n})\n//# sourceMappingURL=map\n"
)

// Names that only this package can write.
const (
	defaultName = "default"
	metaName    = "import.meta"
	dynamicName = "import"
	unboundName = "unbound name"
)

// Module is a module's syntax tree.
type Module struct {
	*Syntax
	Tree     *ast.Program
	function *ast.FunctionLiteral
}

// Parse parses a module. The source map maps positions in the parsed text, which has HeadLines more
// lines than the scanned text, to those in the source. The error may be a parser.ErrorList with
// positions in the parsed text.
func Parse(name string, syntax *Syntax, sourceMap []byte) (*Module, error) {
	program, err := ParseScript(name, head+syntax.Text+tail, sourceMap)
	if err != nil {
		return nil, err
	}
	m := &Module{Syntax: syntax, Tree: program}
	if len(program.Body) == 1 {
		if statement, ok := program.Body[0].(*ast.ExpressionStatement); ok {
			m.function, _ = statement.Expression.(*ast.FunctionLiteral)
		}
	}
	if m.function == nil {
		return nil, fmt.Errorf("the module ends the function that it is in")
	}
	m.checkFunctions()
	m.exportDeclared()
	return m, nil
}

// Position is the place in the source for an offset in the scanned text.
func (m *Module) Position(offset int) (file string, line, column int) {
	p := m.Tree.File.Position(len(head) + offset)
	return p.Filename, p.Line, p.Column
}

// checkFunctions finds top-level functions that are declared twice, or also as a variable, which is
// an error in a module but not in a function.
func (m *Module) checkFunctions() {
	declared := map[unistring.String]bool{}
	varNames(m.function.DeclarationList)(func(name unistring.String) { declared[name] = true })
	for _, statement := range m.function.Body.List {
		f, ok := statement.(*ast.FunctionDeclaration)
		if !ok {
			continue
		}
		name := f.Function.Name
		if declared[name.Name] && m.Error == nil {
			offset := int(name.Idx) - m.Tree.File.Base() - len(head)
			m.Error = &Error{fmt.Sprintf("The symbol %q has already been declared", name.Name), offset}
		}
		declared[name.Name] = true
	}
}

// exportDeclared adds the exports of declarations after "export".
func (m *Module) exportDeclared() {
	offsets := map[int]bool{}
	for _, offset := range m.declared {
		offsets[len(head)+offset] = true
	}
	for _, statement := range m.function.Body.List {
		offset := int(statement.Idx0()) - m.Tree.File.Base()
		if v, ok := statement.(*ast.VariableStatement); ok {
			offset = int(v.Var) - m.Tree.File.Base()
		}
		if !offsets[offset] {
			continue
		}
		declaredNames(statement, func(name unistring.String) {
			s := name.String()
			m.Exports = append(m.Exports, Export{s, s, offset - len(head)})
		})
	}
}

// Program is the engine's form of a rewritten module: a program whose value is
// the generator function.
type Program struct {
	*ast.Program
	// Imports are the local names of the imports whose environments are the first parameters of the
	// function, in order; Meta, Dynamic and Unbound report which further parameters follow.
	Imports                []string
	Meta, Dynamic, Unbound bool
	// Getters are the names of the local variables for which the first step yields getters, in
	// order.
	Getters []string
	// Assigned are those of them that the module may assign to at any time.
	Assigned map[string]bool
	// Async reports that the evaluation yields the values that it awaits.
	Async bool
}

// Target is the place of an imported name: a property of the environment, or for "" the parameter
// itself.
type Target struct{ Property string }

// Rewrite makes the program. Its argument has the targets of the imports by their local names. It
// changes the tree, which cannot be used again.
func (m *Module) Rewrite(targets map[string]Target) *Program {
	p := &Program{Program: m.Tree, Assigned: map[string]bool{}}
	r := &rewriter{
		program:  p,
		names:    m.names,
		texts:    m.texts(),
		refs:     map[unistring.String]reference{},
		shadows:  map[unistring.String]int{},
		assigned: map[unistring.String]bool{},
	}
	for _, i := range m.Imports {
		target := targets[i.Local]
		parameter := unistring.String(fmt.Sprintf("import %d", len(p.Imports)))
		p.Imports = append(p.Imports, i.Local)
		r.refs[unistring.NewFromString(i.Local)] = reference{parameter, unistring.NewFromString(target.Property)}
	}
	r.module(m.function)
	m.getters(p, r)
	m.parameters(p)
	m.function.Async, m.function.Generator = false, true
	return p
}

// Release frees data that only Rewrite and Position need.
func (m *Module) Release() {
	m.Tree, m.function, m.Text = nil, nil, ""
}

func (m *Module) getters(p *Program, r *rewriter) {
	imported := map[string]bool{}
	for _, i := range m.Imports {
		imported[i.Local] = true
	}
	seen := map[string]bool{}
	getters := &ast.ArrayLiteral{LeftBracket: 1, RightBracket: 1}
	for _, e := range m.Exports {
		if imported[e.Local] || seen[e.Local] {
			continue
		}
		seen[e.Local] = true
		name := unistring.NewFromString(e.Local)
		p.Getters = append(p.Getters, e.Local)
		if r.evals || r.assigned[name] {
			p.Assigned[e.Local] = true
		}
		getters.Value = append(getters.Value, &ast.ArrowFunctionLiteral{
			Start:         1,
			ParameterList: &ast.ParameterList{Opening: 1, Closing: 1},
			Body:          &ast.ExpressionBody{Expression: &ast.Identifier{Name: name, Idx: 1}},
		})
	}
	first := &ast.ExpressionStatement{Expression: &ast.YieldExpression{Yield: 1, Argument: getters}}
	// After the directive.
	body := m.function.Body
	body.List = append([]ast.Statement{body.List[0], first}, body.List[1:]...)
}

func (m *Module) parameters(p *Program) {
	names := []string{}
	for i := range p.Imports {
		names = append(names, fmt.Sprintf("import %d", i))
	}
	for _, further := range []struct {
		used bool
		name string
	}{{p.Meta, metaName}, {p.Dynamic, dynamicName}, {p.Unbound, unboundName}} {
		if further.used {
			names = append(names, further.name)
		}
	}
	list := &ast.ParameterList{Opening: 1, Closing: 1}
	for _, name := range names {
		list.List = append(list.List, &ast.Binding{Target: &ast.Identifier{Name: unistring.String(name), Idx: 1}})
	}
	m.function.ParameterList = list
}

// ParseScript parses a text with the engine's parser, and turns its panics into errors. The text
// has no source map if sourceMap is nil.
func ParseScript(name, text string, sourceMap []byte) (program *ast.Program, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("the source cannot be parsed (%v)", x)
		}
	}()
	option := parser.WithDisableSourceMaps
	if sourceMap != nil {
		option = parser.WithSourceMapLoader(func(string) ([]byte, error) { return sourceMap, nil })
	}
	return parser.ParseFile(nil, name, text, 0, option)
}

// Script parses a classic script and makes its import() call the global binding Dynamic with name
// as the first argument.
func Script(name string, syntax *Syntax, referrer string, sourceMap []byte) (*ast.Program, error) {
	program, err := ParseScript(name, syntax.Text+strings.TrimPrefix(tail, "\n})"), sourceMap)
	if err != nil || !syntax.Dynamic {
		return program, err
	}
	r := &rewriter{
		program: &Program{}, names: syntax.names, texts: syntax.texts(), referrer: &ast.StringLiteral{Idx: 1, Value: unistring.NewFromString(referrer)},
	}
	r.script(program)
	return program, nil
}

// Dynamic is the name of the function that import() calls in a script.
const Dynamic = dynamicName

// Refused is the offset in Text at or behind the first token that the engine's parser does not
// take, and what it says of it; -1 if there is none.
func (s *Syntax) Refused(module bool) (offset int, message string) {
	start, end := "", strings.TrimPrefix(tail, "\n})")
	if module {
		start, end = head, tail
	}
	text := start + s.Text + end
	_, err := ParseScript("", text, nil)
	var list parser.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return -1, ""
	}
	position := list[0].Position
	for range position.Line - 1 {
		offset += strings.IndexByte(text[offset:], '\n') + 1
	}
	return offset + position.Column - 1 - len(start), list[0].Message
}

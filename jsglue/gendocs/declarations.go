package gendocs

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

//go:embed zmq.d.ts.tmpl
var templateText string

// Declarations is the file of the type declarations.
func Declarations() (string, error) {
	frame, err := template.New("zmq.d.ts").Parse(templateText)
	if err != nil {
		return "", err
	}
	var functions, classes, constants strings.Builder
	for _, function := range jsglue.Zmq.Functions {
		comment(&functions, 1, function.Summary, notes[function.Name])
		write(&functions, 1, "export ", declareFunction(function))
	}
	for _, class := range jsglue.Zmq.Classes {
		declareClass(&classes, class)
	}
	for _, group := range Groups() {
		fmt.Fprintf(&constants, "\n  // %s\n", group.Title)
		for _, constant := range group.Constants {
			declareConstant(&constants, group, constant)
		}
	}
	var file strings.Builder
	err = frame.Execute(&file, map[string]string{
		"Functions": functions.String(),
		"Options":   optionTypes(),
		"Classes":   classes.String(),
		"Constants": constants.String(),
	})
	return file.String(), err
}

func declareClass(b *strings.Builder, class *jsglue.Class) {
	if class.Constructible() {
		comment(b, 1, class.Constructor.Summary, notes[class.Name])
	} else {
		comment(b, 1, sentence(class.ConstructError), notes[class.Name])
	}
	fmt.Fprintf(b, "  export class %s%s {\n", class.Name, typeParameters[class.Name])
	if class.Constructible() {
		write(b, 2, "", declareConstructor(class))
	} else {
		b.WriteString("    private constructor();\n")
	}
	for _, static := range class.Statics {
		comment(b, 2, static.Summary, notes[class.Name+"."+static.Name])
		write(b, 2, "", declareStatic(static))
	}
	for _, method := range class.Methods {
		comment(b, 2, method.Summary, notes[class.Name+"."+memberName(method.Name)])
		write(b, 2, "", declareMethod(method))
	}
	for _, accessor := range class.Accessors {
		comment(b, 2, accessor.Get.Summary, notes[class.Name+"."+accessor.Name])
		write(b, 2, "", declareAccessor(accessor))
	}
	b.WriteString("  }\n")
}

// write writes the lines of a declaration.
func write(b *strings.Builder, depth int, prefix string, lines []string) {
	for _, line := range lines {
		b.WriteString(strings.Repeat("  ", depth) + prefix + line + "\n")
	}
}

func declareFunction(function *jsglue.Function) []string {
	return []string{fmt.Sprintf("function %s(%s): %s;", function.Name, parameters(function), result(function))}
}

func declareConstructor(class *jsglue.Class) []string {
	return []string{fmt.Sprintf("constructor(%s);", parameters(class.Constructor))}
}

func declareStatic(static *jsglue.Function) []string {
	return []string{fmt.Sprintf("static %s(%s): %s;", static.Name, parameters(static), result(static))}
}

// declareMethod declares a method, its overloads first.
func declareMethod(method *jsglue.Function) (lines []string) {
	name := memberName(method.Name)
	switch name {
	case "getsockopt":
		lines = declareOverloads(method)
	case "socket":
		// The first one is that of any type too.
		lines = []string{
			"socket(type: " + ordinaryTypes() + "): Socket;",
			"socket(type: typeof SERVER | typeof PEER): RoutingSocket;",
			"socket(type: typeof RADIO): RadioSocket;",
			"socket(type: typeof DISH): DishSocket;",
		}
	case "monitor":
		lines = []string{"monitor(events?: number): Monitor;"}
	}
	return append(lines, fmt.Sprintf("%s(%s): %s;", name, parameters(method), result(method)))
}

func declareAccessor(accessor *jsglue.Accessor) []string {
	modifier := ""
	if accessor.Set == nil {
		modifier = "readonly "
	}
	return []string{fmt.Sprintf("%s%s: %s;", modifier, accessor.Name, accessor.Get.Returns)}
}

// ordinaryTypes are the socket types that are none of the draft API.
func ordinaryTypes() string {
	var types []string
	for _, group := range Groups() {
		if group.Title != "Socket types" {
			continue
		}
		for _, constant := range group.Constants {
			if !libzmq.IsDraft(int(constant.Value)) {
				types = append(types, "typeof "+constant.Name)
			}
		}
	}
	return strings.Join(types, " | ")
}

// sentence is an error's text as a sentence.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

// memberName is the name of a method as TypeScript writes it.
func memberName(name string) string {
	if symbol, ok := strings.CutPrefix(name, "@@"); ok {
		return "[Symbol." + symbol + "]"
	}
	return name
}

// The groups whose numbers depend on the system or on libzmq.
var varying = []string{"Error numbers", "Version"}

func declareConstant(b *strings.Builder, group *Group, constant Constant) {
	comment(b, 1, strings.TrimSpace(group.kind()+" "+constant.Summary), nil)
	if slices.Contains(varying, group.Title) {
		fmt.Fprintf(b, "  export const %s: number;\n", constant.Name)
		return
	}
	fmt.Fprintf(b, "  export const %s = %d;\n", constant.Name, constant.Value)
}

// comment writes a documentation comment, after an empty line where one sets members
// apart.
func comment(b *strings.Builder, depth int, summary string, lines []string) {
	indent := strings.Repeat("  ", depth)
	if len(lines) == 0 {
		fmt.Fprintf(b, "%s/** %s */\n", indent, summary)
		return
	}
	fmt.Fprintf(b, "%s/**\n%s * %s\n", indent, indent, summary)
	for _, line := range lines {
		fmt.Fprintf(b, "%s * %s\n", indent, line)
	}
	fmt.Fprintf(b, "%s */\n", indent)
}

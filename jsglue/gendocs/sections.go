package gendocs

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue"
)

// OldestLibzmq is the first version of libzmq that the module works with.
const OldestLibzmq = "4.2.0"

// A member is a function, method, constructor or property of the module, as a section of
// the reference describes it.
type member struct {
	key      string // in notes.txt
	heading  string
	class    *jsglue.Class // nil: of the module
	function *jsglue.Function
	lines    []string // its declaration, without indentation
}

// members are all of the module, in the order of its table.
func members() (all []member) {
	for _, function := range jsglue.Zmq.Functions {
		all = append(all, member{function.Name, function.Title(), nil, function, declareFunction(function)})
	}
	for _, class := range jsglue.Zmq.Classes {
		if class.Constructible() {
			all = append(all, member{class.Name, class.Constructor.Title(), class, class.Constructor, declareConstructor(class)})
		}
		for _, static := range class.Statics {
			all = append(all, member{class.Name + "." + static.Name, static.Title(), class, static, declareStatic(static)})
		}
		for _, method := range class.Methods {
			name := memberName(method.Name)
			title := class.Name + "." + name + strings.TrimPrefix(method.Title(), class.Name+"."+method.Name)
			all = append(all, member{class.Name + "." + name, title, class, method, declareMethod(method)})
		}
		for _, accessor := range class.Accessors {
			key := class.Name + "." + accessor.Name
			all = append(all, member{key, key, class, accessor.Get, declareAccessor(accessor)})
		}
	}
	return all
}

// sections are the headings of the reference's sections, with the declaration of each
// member, its parameters, result, errors and libzmq's version, by its key.
func sections() map[string]string {
	texts := map[string]string{}
	for _, m := range members() {
		texts[m.key] = m.section()
	}
	return texts
}

func (m member) section() string {
	var b strings.Builder
	heading := m.heading
	if strings.Contains(heading, "[") {
		heading = "`" + heading + "`" // else it is a link
	}
	fmt.Fprintf(&b, "\n### %s\n\n```typescript\n%s\n```\n\n%s\n", heading, strings.Join(m.lines, "\n"), m.function.Summary)
	version, list := OldestLibzmq, ""
	for _, line := range notes[m.key] {
		tag, text, _ := strings.Cut(line, " ")
		text = withoutLinks(text)
		switch tag {
		default:
			b.WriteString(withoutLinks(line) + "\n")
		case "@param":
			name, description, _ := strings.Cut(text, " - ")
			list += fmt.Sprintf("- `%s`: %s\n", name, description)
		case "@returns":
			list += "- Returns " + text + "\n"
		case "@throws":
			list += "- Throws " + throws.ReplaceAllString(text, "`$0`") + "\n"
		case "@since":
			version = strings.Replace(text, " draft", ", built with the draft API", 1)
		}
	}
	fmt.Fprintf(&b, "\n%s- Since libzmq %s\n\n", list, version)
	return b.String()
}

var (
	linked = regexp.MustCompile(`\{@link ([\w.]+)\}`)
	throws = regexp.MustCompile(`^(TypeError|RangeError)`)
)

// withoutLinks is a text of a documentation comment in Markdown.
func withoutLinks(text string) string {
	text = strings.ReplaceAll(text, "{@link ZmqError}", "[`Error`](#errors)")
	return linked.ReplaceAllString(text, "`$1`")
}

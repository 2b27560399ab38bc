package esm

import (
	"fmt"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/lexical"
)

// Syntax is a text without its module syntax, and the content of that.
type Syntax struct {
	// Text is as long as the scanned text, with every line and column at its place.
	Text string

	Requests []Request
	Imports  []Import
	Exports  []Export
	Reexport []Reexport
	// Stars are the requests of "export * from".
	Stars []int

	// Meta and Dynamic report the use of import.meta and import().
	Meta, Dynamic bool
	// Error is set if the text has module syntax that is not supported.
	Error *Error

	declared []int        // offsets of declarations that are exported
	names    placeholders // the names in Text for names of this package
}

// Error is a syntax error at an offset in the scanned text.
type Error struct {
	Message string
	Offset  int
}

func (e *Error) Error() string { return e.Message }

// Request is a requested module, with its import attributes.
type Request struct {
	Specifier  string
	Attributes map[string]string
	Offset     int
}

// Namespace is the name in an [Import] or a [Reexport] of a whole module.
const Namespace = "*"

// Import binds Local to what a request's module exports as Name.
type Import struct {
	Request     int
	Name, Local string
	Offset      int
}

// Export exports the module's own, or imported, name Local.
type Export struct {
	Local, Name string
	Offset      int
}

// Reexport exports the export From of a request's module.
type Reexport struct {
	Request    int
	From, Name string
	Offset     int
}

// IsModule reports whether the text can only be a module's.
func (s *Syntax) IsModule() bool {
	return s.Meta || len(s.Requests)+len(s.Exports)+len(s.declared) > 0
}

// DynamicName is the name in Text for the "import" of import(); "" if there is none.
func (s *Syntax) DynamicName() string {
	if !s.Dynamic {
		return ""
	}
	return s.names.dynamic
}

// Locals are the names of the module's scope in its imports and exports.
func (s *Syntax) Locals() []string {
	var names []string
	for _, i := range s.Imports {
		names = append(names, i.Local)
	}
	for _, e := range s.Exports {
		names = append(names, e.Local)
	}
	return names
}

// Scan reads the module syntax of a text that esbuild has printed.
func Scan(text string) *Syntax {
	r := &reader{Syntax: &Syntax{}, text: []byte(text)}
	r.names = placeholdersFor(text)
	if strings.HasPrefix(text, "#!") {
		copy(r.text, "//")
		text = string(r.text)
	}
	r.scanner = scanner{text: text, found: r.read}
	if strings.Contains(text, "import") || strings.Contains(text, "export") {
		r.run()
	}
	r.Text = string(r.text)
	return r.Syntax
}

// placeholders are names that a text does not contain.
type placeholders struct{ meta, dynamic, local string }

// placeholdersFor finds names of the length of those that they replace: "import.meta", "import",
// and a short one for "default".
func placeholdersFor(text string) placeholders {
	unused := func(format string) string {
		for i := 0; ; i++ {
			if name := fmt.Sprintf(format, i); !strings.Contains(text, name) {
				return name
			}
		}
	}
	return placeholders{meta: unused("import$%04d"), dynamic: unused("i$%04d"), local: unused("d$%04d")}
}

// texts undoes the placeholders in a part of Text; it is nil if there are none.
func (s *Syntax) texts() *strings.Replacer {
	if !s.Meta && !s.Dynamic && !strings.Contains(s.Text, s.names.local) {
		return nil
	}
	return strings.NewReplacer(s.names.meta, "import.meta", s.names.dynamic, "import", s.names.local, "")
}

// reader reads the declarations that the scanner finds.
type reader struct {
	*Syntax
	scanner
	text []byte
}

func (r *reader) read(kind found, start int) {
	switch kind {
	case foundMeta:
		r.Meta = true
		copy(r.text[start:], r.names.meta)
	case foundDynamic:
		r.Dynamic = true
		copy(r.text[start:], r.names.dynamic)
	case foundPhase:
		r.fail(start, "import.defer and import.source are not supported")
		r.blank(start, start+strings.IndexByte(r.scanner.text[start:], '('))
		copy(r.text[start:], r.names.dynamic)
	case foundImport:
		r.readImport(start)
	case foundExport:
		r.readExport(start)
	}
}

func (r *reader) fail(offset int, message string) {
	if r.Error == nil {
		r.Error = &Error{message, offset}
	}
}

// blank overwrites a part of the text except its line ends.
func (r *reader) blank(from, to int) {
	for i := from; i < to; i++ {
		if r.text[i] != '\n' {
			r.text[i] = ' '
		}
	}
}

func (r *reader) readImport(start int) {
	var imports []Import
	if !r.atString() {
		if name, offset := r.word(); name != "" {
			if next, at := r.peekWord(); next != "" && next != "from" && (name == "defer" || name == "source") {
				r.fail(at, "import "+name+" is not supported")
			} else if next == "" && r.peek() == '*' && name == "defer" {
				r.fail(offset, "import defer is not supported")
			}
			imports = append(imports, Import{Name: "default", Local: name, Offset: offset})
			r.skip(',')
		}
		switch {
		case r.skip('*'):
			r.word() // as
			name, offset := r.word()
			imports = append(imports, Import{Name: Namespace, Local: name, Offset: offset})
		case r.skip('{'):
			for _, s := range r.list() {
				imports = append(imports, Import{Name: s.name, Local: s.as, Offset: s.offset})
			}
		}
		r.word() // from
	}
	request := r.request()
	for _, i := range imports {
		i.Request = request
		r.Imports = append(r.Imports, i)
	}
	r.end(start)
}

func (r *reader) readExport(start int) {
	switch {
	case r.skip('*'):
		name, offset := "", start
		if word, _ := r.peekWord(); word == "as" {
			r.word()
			name, offset = r.nameOrString()
		}
		r.word() // from
		request := r.request()
		if name == "" {
			r.Stars = append(r.Stars, request)
		} else {
			r.Reexport = append(r.Reexport, Reexport{request, Namespace, name, offset})
		}
		r.end(start)
	case r.skip('{'):
		list := r.list()
		if word, _ := r.peekWord(); word == "from" {
			r.word()
			request := r.request()
			for _, s := range list {
				r.Reexport = append(r.Reexport, Reexport{request, s.name, s.as, s.offset})
			}
		} else {
			for _, s := range list {
				r.Exports = append(r.Exports, Export{s.name, s.as, s.offset})
			}
		}
		r.end(start)
	default:
		if word, _ := r.peekWord(); word == "default" {
			r.word()
			r.readDefault(start)
			return
		}
		r.space()
		r.blank(start, r.at)
		r.declared = append(r.declared, r.at)
	}
}

// readDefault reads "export default" up to its declaration, which the scanner reads.
func (r *reader) readDefault(start int) {
	r.space()
	from := r.at
	head := ""
	for _, s := range []string{"async function", "function", "class"} {
		if rest, ok := strings.CutPrefix(r.scanner.text[r.at:], s); ok && !lexical.IsNamePart(rest[0]) {
			head = s
			break
		}
	}
	if head == "" {
		r.blank(start, from)
		copy(r.text[start:], "const "+r.names.local)
		r.text[from-1] = '='
		r.Exports = append(r.Exports, Export{defaultName, "default", start})
		return
	}
	r.at += len(head)
	if r.skip('*') {
		head += "*"
	}
	if name, _ := r.peekWord(); name != "" && (head != "class" || name != "extends") {
		r.blank(start, from)
		r.Exports = append(r.Exports, Export{name, "default", start})
	} else {
		// The name takes part of the place of "export default".
		r.blank(start, r.at)
		copy(r.text[start:], head+" "+r.names.local)
		r.Exports = append(r.Exports, Export{defaultName, "default", start})
	}
	// The scanner continues at the start of the declaration, which it reads as an operand.
	r.at = from
	r.statement = false
}

// end reads the semicolon of a declaration and blanks the declaration.
func (r *reader) end(start int) {
	r.skip(';')
	r.blank(start, r.at)
	r.statement = true
}

// specifier is an item of an import or export clause.
type specifier struct {
	name, as string
	offset   int
}

func (r *reader) list() (list []specifier) {
	for r.at < len(r.scanner.text) && !r.skip('}') {
		var s specifier
		s.name, s.offset = r.nameOrString()
		s.as = s.name
		if word, _ := r.peekWord(); word == "as" {
			r.word()
			s.as, _ = r.nameOrString()
		}
		list = append(list, s)
		if !r.skip(',') && r.peek() != '}' {
			return list
		}
	}
	return list
}

// request reads a specifier with its attributes and returns its index.
func (r *reader) request() int {
	q := Request{Attributes: map[string]string{}}
	q.Specifier, q.Offset = r.nameOrString()
	if word, _ := r.peekWord(); word == "with" || word == "assert" {
		r.word()
		r.skip('{')
		for r.at < len(r.scanner.text) && !r.skip('}') {
			key, _ := r.nameOrString()
			r.skip(':')
			q.Attributes[key], _ = r.nameOrString()
			if !r.skip(',') && r.peek() != '}' {
				break
			}
		}
	}
	r.Requests = append(r.Requests, q)
	return len(r.Requests) - 1
}

func (r *reader) space() {
	text := r.scanner.text
	for r.at < len(text) {
		size, _ := lexical.Blank(text[r.at:])
		end := max(r.at+size, lexical.CommentEnd(text, r.at))
		if end == r.at {
			return
		}
		r.at = end
	}
}

func (r *reader) peek() byte {
	r.space()
	if r.at == len(r.scanner.text) {
		return 0
	}
	return r.scanner.text[r.at]
}

func (r *reader) skip(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.at++
	return true
}

func (r *reader) atString() bool {
	c := r.peek()
	return c == '"' || c == '\''
}

func (r *reader) peekWord() (word string, offset int) {
	r.space()
	return identifier(r.scanner.text[r.at:r.wordEnd()]), r.at
}

func (r *reader) word() (word string, offset int) {
	word, offset = r.peekWord()
	r.at = r.wordEnd()
	return word, offset
}

func (r *reader) wordEnd() int {
	if r.at == len(r.scanner.text) {
		return r.at
	}
	return lexical.WordEnd(r.scanner.text, r.at)
}

func (r *reader) nameOrString() (s string, offset int) {
	if !r.atString() {
		return r.word()
	}
	offset = r.at
	r.at = lexical.StringEnd(r.scanner.text, r.at)
	return unquote(r.scanner.text[offset+1 : r.at-1]), offset
}

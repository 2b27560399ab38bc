package gojavm

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
)

var (
	unresolvedImport = regexp.MustCompile(`^Could not resolve "(.*)"$`)
	missingExport    = regexp.MustCompile(`^No matching export in "(.*)" for import "(.*)"$`)
)

// buildError turns an error of esbuild into one of the script.
func (u *unit) buildError(m api.Message) error {
	message := "SyntaxError: " + m.Text
	importer := u.name
	if m.Location != nil {
		importer = u.displayName(m.Location.File)
	}
	if s := unresolvedImport.FindStringSubmatch(m.Text); s != nil {
		if importer == u.name && u.loads != "" {
			return &ScriptError{Message: "ReferenceError: " + u.vm.unknownModule(u.loads, "")}
		}
		message = "ReferenceError: " + u.vm.unknownModule(s[1], importer)
	} else if s := missingExport.FindStringSubmatch(m.Text); s != nil {
		module := strings.TrimPrefix(s[1], nativeSpace+":")
		message = fmt.Sprintf("SyntaxError: module '%s' has no export named '%s', imported by '%s'", module, s[2], importer)
	} else if m.PluginName != "" {
		message = "Error: " + m.Text
	}
	if m.Location == nil {
		return &ScriptError{Message: message, File: u.name}
	}
	column := m.Location.Column + 1
	if m.Location.Line == 1 {
		column -= u.metaShift(m)
	}
	return placedError(message, importer, m.Location.Line, column)
}

// metaShift is by how much withImportMeta has moved the first line.
func (u *unit) metaShift(m api.Message) int {
	before, _, found := strings.Cut(m.Location.LineText, "};")
	if found && strings.HasPrefix(before, "const "+metaName) {
		return len(before) + len("};")
	}
	return 0
}

// goja's positions in its own syntax errors, which are rare: esbuild has
// parsed the source before.
var gojaPosition = regexp.MustCompile(`^(?:SyntaxError: )?(.*?)(?: at (.*):(\d+):(\d+))?$`)

func (u *unit) compileError(err error) error {
	var syntax *goja.CompilerSyntaxError
	if errors.As(err, &syntax) && syntax.File != nil {
		p := syntax.File.Position(syntax.Offset)
		return placedError("SyntaxError: "+syntax.Message, p.Filename, p.Line, p.Column)
	}
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		p := list[0].Position
		return placedError("SyntaxError: "+list[0].Message, p.Filename, p.Line, p.Column)
	}
	if s := gojaPosition.FindStringSubmatch(err.Error()); s != nil {
		return &ScriptError{Message: "SyntaxError: " + s[1], File: u.name}
	}
	return &ScriptError{Message: "SyntaxError: " + err.Error(), File: u.name}
}

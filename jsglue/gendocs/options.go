package gendocs

import (
	"fmt"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue"
)

// An optionKind is socket options whose values have one type in JavaScript.
type optionKind struct {
	alias, result, summary string
	types                  map[jsglue.OptionType]string // in the reference's table
}

var optionKinds = []optionKind{
	{"TextOption", "string", "Socket options that are text or bytes.", map[jsglue.OptionType]string{
		jsglue.StringOption: "string", jsglue.BinaryOption: "bytes", jsglue.KeyOption: "key",
	}},
	{"BigIntOption", "bigint", "Socket options of 64 bits.", map[jsglue.OptionType]string{
		jsglue.Int64Option: "int64", jsglue.Uint64Option: "uint64",
	}},
	{"IntegerOption", "number", "Socket options of 32 bits.", map[jsglue.OptionType]string{
		jsglue.IntOption: "int", jsglue.BooleanOption: "boolean",
	}},
}

// optionTypes declares a type for the options of each kind, older names too.
func optionTypes() string {
	kinds := map[int64]string{}
	for _, kind := range optionKinds {
		for _, option := range jsglue.SocketOptions {
			if kind.types[option.Type] != "" {
				kinds[int64(option.Number)] = kind.alias
			}
		}
	}
	var b strings.Builder
	groups := Groups()
	for _, kind := range optionKinds {
		fmt.Fprintf(&b, "\n  /** %s */\n  export type %s =", kind.summary, kind.alias)
		for _, constant := range groups[len(groups)-1].Constants {
			if kinds[constant.Value] == kind.alias {
				fmt.Fprintf(&b, "\n    | typeof %s", constant.Name)
			}
		}
		b.WriteString(";\n")
	}
	return b.String()
}

// declareOverloads declares the result of getsockopt for each kind of option.
func declareOverloads(method *jsglue.Function) (lines []string) {
	for _, kind := range optionKinds {
		name := method.Parameters[0].Name
		lines = append(lines, fmt.Sprintf("%s(%s: %s): %s;", method.Name, name, kind.alias, kind.result))
	}
	return lines
}

// describeOptions gives the constants of a group the options' summaries; a name that no
// option has is an older one for the option of its number.
func describeOptions(group *Group, options []jsglue.Option) {
	for i := range group.Constants {
		constant := &group.Constants[i]
		for _, option := range options {
			switch {
			case option.Name == constant.Name:
				constant.Summary = option.Summary
			case constant.Summary == "" && int64(option.Number) == constant.Value:
				constant.Summary = "Another name of " + option.Name + "."
			}
		}
	}
}

// optionTable is the reference's table of options.
func optionTable(options []jsglue.Option) string {
	var b strings.Builder
	b.WriteString("\n| name | type | unit | range | default | | |\n|---|---|---|---|---|---|---|\n")
	for _, option := range options {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", option.Name, typeName(option.Type),
			option.Unit, option.Range, option.Default, option.Summary, remarks(&option))
	}
	return b.String() + "\n"
}

func typeName(t jsglue.OptionType) string {
	for _, kind := range optionKinds {
		if name := kind.types[t]; name != "" {
			return name
		}
	}
	return ""
}

// remarks lists the restrictions of an option.
func remarks(o *jsglue.Option) string {
	var remarks []string
	switch {
	case !o.Writable:
		remarks = append(remarks, "read-only")
	case !o.Readable:
		remarks = append(remarks, "write-only")
	}
	if o.Since != "" {
		remarks = append(remarks, "since "+o.Since)
	}
	if o.Draft {
		remarks = append(remarks, "draft")
	}
	if o.Needs != "" {
		remarks = append(remarks, fmt.Sprintf("needs `%s`", o.Needs))
	}
	return strings.Join(remarks, ", ")
}

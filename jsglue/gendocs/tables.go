package gendocs

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue"
)

// tables are the reference's tables, by name.
func tables() map[string]string {
	return map[string]string{
		"options":         optionTable(jsglue.SocketOptions),
		"context options": optionTable(jsglue.ContextOptions),
		"constants":       constantTables(),
	}
}

// constantTables are tables of the constants; those of options have tables of their own,
// but for their other names.
func constantTables() string {
	documented := map[string]bool{}
	for _, options := range [][]jsglue.Option{jsglue.SocketOptions, jsglue.ContextOptions} {
		for _, option := range options {
			documented[option.Name] = true
		}
	}
	var b strings.Builder
	for _, group := range Groups() {
		title := group.Title
		switch title {
		case contextOptions:
			continue
		case socketOptions:
			title = "Other names of socket options"
		}
		fmt.Fprintf(&b, "\n### %s\n\n", title)
		if group.Summary != "" {
			fmt.Fprintf(&b, "%s\n\n", group.Summary)
		}
		b.WriteString("| name | value | |\n|---|---|---|\n")
		for _, constant := range group.Constants {
			if !documented[constant.Name] {
				fmt.Fprintf(&b, "| `%s` | %s | %s |\n", constant.Name, value(group, constant), constant.Summary)
			}
		}
	}
	return b.String() + "\n"
}

// value is a constant's, if it is the same everywhere.
func value(group *Group, constant Constant) string {
	if group.Title == "Version" {
		return "" // the loaded libzmq's
	}
	return strconv.FormatInt(constant.Value, 10)
}

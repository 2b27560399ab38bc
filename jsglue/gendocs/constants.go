package gendocs

import (
	_ "embed"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue"
)

//go:embed constants.txt
var constantsText string

// A Constant is a constant and its meaning.
type Constant struct {
	jsglue.Constant
	Summary string
}

// A Group is constants that are for the same purpose.
type Group struct {
	Title, Summary string
	Constants      []Constant
}

// kind is the beginning of a constant's comment.
func (g *Group) kind() string {
	switch g.Title {
	case socketOptions:
		return "Socket option."
	case contextOptions:
		return "Context option."
	case "Monitor events":
		return "Socket monitor."
	}
	return ""
}

// The groups whose constants' summaries come from the tables of options.
const (
	socketOptions  = "Socket options"
	contextOptions = "Context options"
)

// Groups are the constants of the module by group, in the order of constants.txt; what
// that does not name is a socket option.
func Groups() []*Group {
	groups, places := readGroups()
	options := groups[len(groups)-1]
	for _, constant := range jsglue.Zmq.Constants {
		place, named := places[constant.Name]
		if named {
			place.Constant = constant
		} else {
			options.Constants = append(options.Constants, Constant{constant, ""})
		}
	}
	describeOptions(options, jsglue.SocketOptions)
	for _, group := range groups {
		if group.Title == contextOptions {
			describeOptions(group, jsglue.ContextOptions)
		}
	}
	return groups
}

func readGroups() (groups []*Group, places map[string]*Constant) {
	places = map[string]*Constant{}
	for _, section := range strings.Split("\n"+strings.TrimSpace(constantsText), "\n# ")[1:] {
		lines := strings.Split(section, "\n")
		group := &Group{Title: lines[0]}
		for _, line := range lines[1:] {
			name, summary, _ := strings.Cut(line, " ")
			if name != strings.ToUpper(name) {
				group.Summary = line
				continue
			}
			group.Constants = append(group.Constants, Constant{Summary: summary})
			group.Constants[len(group.Constants)-1].Name = name
		}
		for i := range group.Constants {
			places[group.Constants[i].Name] = &group.Constants[i]
		}
		groups = append(groups, group)
	}
	return groups, places
}

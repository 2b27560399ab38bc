package gendocs

import (
	_ "embed"
	"strings"
)

//go:embed notes.txt
var notesText string

// notes are the lines that follow the summary of a function or class, by its title
// without parameters.
var notes = func() map[string][]string {
	notes := map[string][]string{}
	for _, section := range strings.Split("\n"+notesText, "\n# ")[1:] {
		title, lines, _ := strings.Cut(section, "\n")
		notes[title] = nil
		if lines = strings.TrimSpace(lines); lines != "" {
			notes[title] = strings.Split(lines, "\n")
		}
	}
	return notes
}()

package docs

import (
	"slices"
	"strings"
)

// omission is the line of an excerpt that replaces omitted lines.
const omission = "/* ... */"

// missing returns the part of an excerpt that its source does not contain in this order; "" if
// there is none. White space and empty lines are ignored.
func missing(excerpt, source string) string {
	rest := lines(source)
	for _, piece := range strings.Split("\n"+excerpt, omission) {
		want := lines(piece)
		at := index(rest, want)
		if at < 0 {
			return strings.TrimSpace(piece)
		}
		rest = rest[at+len(want):]
	}
	return ""
}

func lines(text string) (normalized []string) {
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 {
			normalized = append(normalized, strings.Join(words, " "))
		}
	}
	return normalized
}

func index(list, part []string) int {
	for at := 0; at+len(part) <= len(list); at++ {
		if slices.Equal(list[at:at+len(part)], part) {
			return at
		}
	}
	return -1
}

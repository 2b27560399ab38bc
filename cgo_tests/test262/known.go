package test262

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed known.txt
var knownText string

// A reason has tests that fail, or that are omitted, for the same cause.
type reason struct {
	text     string
	excluded bool     // QuickJS does not pass them either
	patterns []string // a path's beginning, in which * is any text, or, after "feature:", a feature
}

// known reads known.txt: a line with a reason, and below it, indented, the tests.
func known() (reasons []reason, err error) {
	for i, line := range strings.Split(knownText, "\n") {
		pattern := strings.TrimSpace(line)
		switch {
		case pattern == "" || strings.HasPrefix(line, "#"):
		case pattern == line:
			text, excluded := strings.CutPrefix(line, "excluded: ")
			reasons = append(reasons, reason{text: text, excluded: excluded})
		case len(reasons) == 0:
			return nil, fmt.Errorf("known.txt:%d: a test without a reason above it", i+1)
		default:
			last := &reasons[len(reasons)-1]
			last.patterns = append(last.patterns, pattern)
		}
	}
	return reasons, nil
}

func (r reason) covers(c *testCase) bool {
	return slices.ContainsFunc(r.patterns, func(pattern string) bool {
		if feature, ok := strings.CutPrefix(pattern, "feature:"); ok {
			return slices.Contains(c.features, feature)
		}
		return begins(c.path, pattern)
	})
}

// begins reports whether the pattern matches the beginning of a path.
func begins(path, pattern string) bool {
	first, rest, star := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	if !ok || !star {
		return ok
	}
	for i := range len(path) + 1 {
		if begins(path[i:], rest) {
			return true
		}
	}
	return false
}

// reasonFor is the reason that covers a test, nil if none does.
func reasonFor(reasons []reason, c *testCase) *reason {
	for i := range reasons {
		if reasons[i].covers(c) {
			return &reasons[i]
		}
	}
	return nil
}

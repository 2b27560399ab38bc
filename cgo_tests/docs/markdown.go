// Package docs checks the documents: it runs their examples, follows their links, and compares the
// type declarations with the module.
package docs

import (
	"regexp"
	"strings"
)

// An example is a fenced block of a document.
type example struct {
	line     int
	language string // "js" or "ts"
	code     string
	prints   string // the output according to its comments
}

var printsComment = regexp.MustCompile(`// prints: (.*)`)

// examples are the blocks of JavaScript and TypeScript of a document.
func examples(document string) (found []example) {
	var current *example
	for i, line := range strings.Split(document, "\n") {
		switch {
		case line == "```js" || line == "```ts":
			current = &example{line: i + 1, language: line[3:]}
		case line == "```" && current != nil:
			found = append(found, *current)
			current = nil
		case current != nil:
			current.code += line + "\n"
			if match := printsComment.FindStringSubmatch(line); match != nil {
				current.prints += match[1] + "\n"
			}
		}
	}
	return found
}

var (
	fence       = regexp.MustCompile("(?ms)^```.*?^```$")
	inlineCode  = regexp.MustCompile("`[^`\n]*`")
	link        = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	headingLine = regexp.MustCompile(`(?m)^#+ (.*)$`)
	notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// links are the targets of a document's links.
func links(document string) (targets []string) {
	document = inlineCode.ReplaceAllString(fence.ReplaceAllString(document, ""), "")
	for _, match := range link.FindAllStringSubmatch(document, -1) {
		targets = append(targets, match[1])
	}
	return targets
}

// anchors are the targets of links in a document.
func anchors(document string) map[string]bool {
	anchors := map[string]bool{}
	for _, match := range headingLine.FindAllStringSubmatch(fence.ReplaceAllString(document, ""), -1) {
		text := notInAnchor.ReplaceAllString(strings.ToLower(match[1]), "")
		anchors[strings.ReplaceAll(text, " ", "-")] = true
	}
	return anchors
}

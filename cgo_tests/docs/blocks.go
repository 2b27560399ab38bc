// Package docs checks documents that lead through commands, as docs/embedding.md: their
// programs are compiled, their commands run, and their excerpts compared with the files
// that they are from.
package docs

import (
	"fmt"
	"regexp"
	"strings"
)

// A block is a fenced one of a document.
type block struct {
	line     int    // of its fence
	language string // what its fence says
	code     string
	before   string // the last line before it that is not empty
}

// blocks returns those of a document. Text that looks like code but is outside a block is an error,
// since it would not be checked.
func blocks(document string) (found []block, err error) {
	var current *block
	before := ""
	for i, line := range strings.Split(document, "\n") {
		switch {
		case line == "```" && current != nil:
			found = append(found, *current)
			current, before = nil, ""
		case current != nil:
			current.code += line + "\n"
		case strings.HasPrefix(line, "```"):
			current = &block{line: i + 1, language: line[3:], before: before}
		case strings.Contains(line, "```") || strings.Contains(line, "~~~"):
			return nil, fmt.Errorf("line %d: a fence is not at the beginning of its line", i+1)
		case strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t"):
			return nil, fmt.Errorf("line %d: an indented block is not checked", i+1)
		case line != "":
			before = line
		}
	}
	if current != nil {
		return nil, fmt.Errorf("line %d: a block without an end", current.line)
	}
	return found, nil
}

var (
	sourceLink  = regexp.MustCompile(`\]\(([^)\s#]+\.[ch])\):$`)
	programHead = regexp.MustCompile(`^(?:/\*|//) (\w+\.(?:c|js)) - `)
)

// source is the file that an excerpt is from, as the line before it links to it; "" if
// the block is no excerpt.
func (b block) source() string {
	if match := sourceLink.FindStringSubmatch(b.before); match != nil && b.language == "c" {
		return match[1]
	}
	return ""
}

// program is the file name of a block, from its first comment; "" if the block is not a program.
func (b block) program() string {
	if match := programHead.FindStringSubmatch(b.code); match != nil && b.source() == "" &&
		strings.HasSuffix(match[1], "."+b.language) {
		return match[1]
	}
	return ""
}

// others is the code of all blocks but one.
func others(document []block, except int) string {
	var code strings.Builder
	for i, b := range document {
		if i != except {
			code.WriteString(b.code)
		}
	}
	return code.String()
}

// unchecked returns a reason for each block that no check covers.
func unchecked(document []block) (problems []string) {
	commands := ""
	for _, b := range document {
		if b.language == "sh" {
			commands += b.code
		}
	}
	for i, b := range document {
		problem := ""
		switch {
		case b.language == "sh" || b.source() != "":
		case b.language == "text":
			if i == 0 || document[i-1].language != "sh" {
				problem = "output without a command before it"
			}
		case b.language != "c" && b.language != "js":
			problem = fmt.Sprintf("the language %q", b.language)
		case b.program() == "":
			problem = "neither a program with a name nor an excerpt with a source"
		case b.language == "js" && !strings.Contains(commands+others(document, i), b.program()):
			problem = "nothing runs " + b.program()
		case b.language == "c" && !regexp.MustCompile(`(?m)^cc\b.* `+regexp.QuoteMeta(b.program())).MatchString(commands):
			problem = "no command compiles " + b.program()
		}
		if problem != "" {
			problems = append(problems, fmt.Sprintf("line %d: %s", b.line, problem))
		}
	}
	return problems
}

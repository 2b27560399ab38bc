package gojavm

import (
	"encoding/json"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/esm"
)

const asyncMethod = "async *"

// rewriteAsyncMethods makes functions of the methods of objects that are asynchronous generators,
// which goja does not parse; lowering.nameAsyncGenerators makes them methods again.
func (c *code) rewriteAsyncMethods() {
	for strings.Contains(c.text, asyncMethod) {
		at, _ := esm.Scan(c.text).Refused(c.module)
		start := at // goja names the place behind what it refuses
		at -= len(asyncMethod)
		if at < 0 || start > len(c.text) || c.text[at:start] != asyncMethod {
			return
		}
		end := keyEnd(c.text, start)
		if end < 0 {
			return
		}
		const function = ":async function*"
		c.sourceMap = shiftedColumns(c.sourceMap, c.text, []shift{{end, len(function)}, {start, -len(asyncMethod)}})
		c.text = c.text[:at] + c.text[start:end] + function + c.text[end:]
	}
}

// keyEnd is where the key of a method ends: at the parenthesis of its parameters; -1 if that is
// not found.
func keyEnd(text string, at int) int {
	depth := 0
	for ; at < len(text); at++ {
		switch text[at] {
		case '[':
			depth++
		case ']':
			depth--
		case '"', '\'', '`':
			end := strings.IndexByte(text[at+1:], text[at])
			if end < 0 || strings.ContainsAny(text[at+1:at+1+end], "\\$") {
				return -1
			}
			at += 1 + end
		case '/':
			return -1
		case '(':
			if depth == 0 {
				return at
			}
		}
	}
	return -1
}

// shift moves what stands in the rest of a line, from an offset on, by some columns.
type shift struct{ at, columns int }

// shiftedColumns is a source map for code that has been changed. The last shift comes first.
func shiftedColumns(sourceMap []byte, text string, shifts []shift) []byte {
	return changeMappings(sourceMap, func(_ map[string]json.RawMessage, lines []string) []string {
		for _, s := range shifts {
			if line := strings.Count(text[:s.at], "\n"); line < len(lines) {
				column := s.at - strings.LastIndexByte(text[:s.at], '\n') - 1
				lines[line] = shiftedFrom(lines[line], column, s.columns)
			}
		}
		return lines
	})
}

// shiftedFrom moves what stands in a line from a column on.
func shiftedFrom(line string, column, columns int) string {
	segments := strings.Split(line, ",")
	for i, at := 0, 0; i < len(segments); i++ {
		fields := decodeVLQ(segments[i])
		if len(fields) == 0 {
			break
		}
		if at += fields[0]; at >= column {
			fields[0] += columns
			segments[i] = encodeVLQ(fields)
			break // the others are relative to it
		}
	}
	return strings.Join(segments, ",")
}

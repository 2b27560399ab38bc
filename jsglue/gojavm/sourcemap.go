package gojavm

import (
	"encoding/json"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// changeMappings changes the lines of a source map's mappings; change may change other members too. A
// map that cannot be read stays.
func changeMappings(sourceMap []byte, change func(m map[string]json.RawMessage, lines []string) []string) []byte {
	var m map[string]json.RawMessage
	var mappings string
	if json.Unmarshal(sourceMap, &m) != nil || json.Unmarshal(m["mappings"], &mappings) != nil {
		return sourceMap
	}
	lines := change(m, strings.Split(mappings, ";"))
	m["mappings"], _ = json.Marshal(strings.Join(lines, ";"))
	changed, err := json.Marshal(m)
	if err != nil {
		return sourceMap
	}
	return changed
}

// adaptSourceMap sets the file name of errors in esbuild's map of a source, inserts lines of
// generated code at its start, and shifts its columns: goja looks up generated columns counting
// from 1, and shows original columns as they are in the map, where both count from 0.
func (s *source) adaptSourceMap(sourceMap []byte, inserted int) []byte {
	return changeMappings(sourceMap, func(m map[string]json.RawMessage, lines []string) []string {
		m["sources"], _ = json.Marshal([]string{s.name})
		shiftColumns(lines)
		return append(make([]string, inserted), lines...)
	})
}

// shiftColumns adds 1 to every column. Columns are differences: generated ones start at 0 in each
// line, original ones continue through the whole map.
func shiftColumns(lines []string) {
	originalDone := false
	for i, line := range lines {
		if line == "" {
			continue
		}
		segments := strings.Split(line, ",")
		for j, segment := range segments {
			if j > 0 && originalDone {
				break
			}
			fields := decodeVLQ(segment)
			if j == 0 && len(fields) > 0 {
				fields[0]++
			}
			if len(fields) >= 4 && !originalDone {
				fields[3]++
				originalDone = true
			}
			segments[j] = encodeVLQ(fields)
		}
		lines[i] = strings.Join(segments, ",")
	}
}

// byteColumns converts the columns of generated code from UTF-16 code units to bytes, which goja
// counts.
func byteColumns(sourceMap []byte, text string) []byte {
	return changeMappings(sourceMap, func(_ map[string]json.RawMessage, lines []string) []string {
		for i, code := range strings.Split(text, "\n") {
			if i < len(lines) && lines[i] != "" && len(code) != utf8.RuneCountInString(code) {
				lines[i] = byteColumnsOf(lines[i], code)
			}
		}
		return lines
	})
}

// byteColumnsOf converts the columns of one line.
func byteColumnsOf(line, code string) string {
	segments := strings.Split(line, ",")
	unit, offset := 0, 0 // the same column in both units
	for j, segment := range segments {
		fields := decodeVLQ(segment)
		start := offset
		for last := unit + fields[0]; unit < last && offset < len(code); {
			r, size := utf8.DecodeRuneInString(code[offset:])
			unit += utf16.RuneLen(r)
			offset += size
		}
		fields[0] = offset - start
		segments[j] = encodeVLQ(fields)
	}
	return strings.Join(segments, ",")
}

// mapping is a place in generated code and its place in the source. Lines, columns and the index of
// a name count from 0; name is -1 if there is none.
type mapping struct {
	line, column, sourceLine, sourceColumn, name int
}

// eachMapping calls f for the mappings of a source map, in order.
func eachMapping(mappings string, f func(mapping)) {
	m := mapping{}
	name := 0
	for line := range strings.SplitSeq(mappings, ";") {
		m.column = 0
		for segment := range strings.SplitSeq(line, ",") {
			fields := decodeVLQ(segment)
			if len(fields) < 4 {
				continue
			}
			m.column += fields[0]
			m.sourceLine += fields[2]
			m.sourceColumn += fields[3]
			m.name = -1
			if len(fields) == 5 {
				name += fields[4]
				m.name = name
			}
			f(m)
		}
		m.line++
	}
}

// sourcePosition converts a line and column in code to those in the source; all count from 1.
func (c *code) sourcePosition(line, column int) (int, int) {
	var m struct{ Mappings string }
	_ = json.Unmarshal(c.sourceMap, &m)
	best := mapping{}
	eachMapping(m.Mappings, func(p mapping) {
		if p.line < line-1 || p.line == line-1 && p.column < column {
			best = p
		}
	})
	return best.sourceLine + 1, best.sourceColumn + 1
}

const (
	vlqDigits   = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	vlqContinue = 1 << 5
)

func decodeVLQ(s string) []int {
	var fields []int
	value, shift := 0, 0
	for i := range len(s) {
		digit := strings.IndexByte(vlqDigits, s[i])
		if digit < 0 {
			return fields
		}
		value |= digit &^ vlqContinue << shift
		if digit&vlqContinue != 0 {
			shift += 5
			continue
		}
		field := value >> 1
		if value&1 != 0 {
			field = -field
		}
		fields = append(fields, field)
		value, shift = 0, 0
	}
	return fields
}

func encodeVLQ(fields []int) string {
	var b []byte
	for _, field := range fields {
		value := field << 1
		if field < 0 {
			value = -field<<1 | 1
		}
		for {
			digit := value & (vlqContinue - 1)
			value >>= 5
			if value != 0 {
				digit |= vlqContinue
			}
			b = append(b, vlqDigits[digit])
			if value == 0 {
				break
			}
		}
	}
	return string(b)
}

// unescapeName undoes the escaping by goja, which treats the file names of a source map as URLs.
func unescapeName(name string) string {
	if s, err := url.PathUnescape(name); err == nil {
		return s
	}
	return name
}

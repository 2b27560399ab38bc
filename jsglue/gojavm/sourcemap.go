package gojavm

import (
	"encoding/json"
	"strings"
)

// adaptSourceMap gives a source map the file names that errors show, and
// shifts its columns: goja looks generated columns up counting from 1, and
// shows original columns as they stand in the map, where both count from 0.
func adaptSourceMap(sourceMap []byte, rename func(string) string) []byte {
	var m map[string]json.RawMessage
	var sources []string
	var mappings string
	if json.Unmarshal(sourceMap, &m) != nil ||
		json.Unmarshal(m["sources"], &sources) != nil ||
		json.Unmarshal(m["mappings"], &mappings) != nil {
		return sourceMap
	}
	for i, s := range sources {
		sources[i] = rename(s)
	}
	m["sources"], _ = json.Marshal(sources)
	m["mappings"], _ = json.Marshal(shiftColumns(mappings))
	adapted, err := json.Marshal(m)
	if err != nil {
		return sourceMap
	}
	return adapted
}

// shiftColumns adds 1 to every column. Columns are differences: generated ones
// start anew in each line, original ones run on through the whole map.
func shiftColumns(mappings string) string {
	lines := strings.Split(mappings, ";")
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
	return strings.Join(lines, ";")
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

package gojavm

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
)

// maxSource limits the size of a source text in bytes: its syntax trees take some hundred times as
// much memory.
const maxSource = 16 << 20

// source is the text of a script or module.
type source struct {
	name string // in errors and stack traces
	path string // absolute; relative imports start from its directory
	text string

	loader api.Loader // the language
}

// newSource is a source with a name from the host or a script.
func newSource(name, text string) (*source, error) {
	s := &source{name: filepath.Clean(name), path: absPath(name), loader: loaderFor(name)}
	if len(text) > maxSource {
		return nil, s.fault("RangeError: the source is longer than %d MiB", maxSource>>20)
	}
	s.text = strings.TrimPrefix(text, "\uFEFF")
	if at := invalidUTF8(s.text); at >= 0 {
		before := s.text[:at]
		message := fmt.Sprintf("SyntaxError: the source is not UTF-8: it has the byte 0x%02x", s.text[at])
		return nil, placedError(message, s.name, 1+strings.Count(before, "\n"), at-strings.LastIndexByte(before, '\n'))
	}
	return s, nil
}

// invalidUTF8 is the offset of the first byte that is not valid UTF-8, -1 if there is none.
func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}

func (s *source) fault(format string, args ...any) *ScriptError {
	return &ScriptError{Message: fmt.Sprintf(format, args...), File: s.name}
}

func (s *source) dir() string { return filepath.Dir(s.path) }

// imported is the name in errors of a file that s imports: absolute if the name of s is.
func (s *source) imported(path string) string {
	if filepath.IsAbs(s.name) {
		return path
	}
	if rel, err := filepath.Rel(absPath("."), path); err == nil {
		return rel
	}
	return path
}

// readSource reads a file up to the limit of [newSource]: it may be a device without an end.
func readSource(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxSource+1))
	if len(text) > maxSource {
		return "", fmt.Errorf("the file is longer than %d MiB", maxSource>>20)
	}
	return string(text), err
}

func loaderFor(path string) api.Loader {
	switch filepath.Ext(path) {
	case ".ts", ".mts", ".cts":
		return api.LoaderTS
	case ".tsx":
		return api.LoaderTSX
	case ".jsx":
		return api.LoaderJSX
	}
	return api.LoaderJS
}

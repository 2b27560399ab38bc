package gojavm

import (
	"errors"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// transformMain is transform for a main script. Where its name has no extension (code that
// the host gives, standard input), it is JavaScript if it can be, else TypeScript.
func (s *source) transformMain(asModule bool) (*code, error) {
	c, err := s.transform(asModule)
	if err == nil || filepath.Ext(s.name) != "" {
		return c, err
	}
	typed := *s
	typed.loader = api.LoaderTS
	c, typedErr := typed.transform(asModule)
	switch {
	case typedErr == nil:
		*s = typed
		return c, nil
	case isLater(typedErr, err): // so most of it is TypeScript
		return nil, typedErr
	}
	return nil, err
}

// isLater reports whether an error of a source is placed after another one.
func isLater(err, other error) bool {
	var a, b *ScriptError
	if !errors.As(err, &a) || !errors.As(other, &b) {
		return false
	}
	return a.Line > b.Line || a.Line == b.Line && a.Column > b.Column
}

package gojavm

import (
	"errors"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// transformMain is transform for a main script. If its name has no extension (code from
// the host, standard input), it is TypeScript if it is not valid JavaScript.
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
	case isLater(typedErr, err): // more of it is valid as TypeScript
		return nil, typedErr
	}
	return nil, err
}

// isLater reports whether the position of err is after that of other.
func isLater(err, other error) bool {
	var a, b *ScriptError
	if !errors.As(err, &a) || !errors.As(other, &b) {
		return false
	}
	return a.Line > b.Line || a.Line == b.Line && a.Column > b.Column
}

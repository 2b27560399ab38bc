package posix

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
)

// LookPath finds a program in PATH, with one of the extensions in PATHEXT. A name with a slash is a path, relative
// to dir, the working directory of the child.
func LookPath(file, dir string) (string, error) {
	name := file
	if strings.ContainsAny(file, `/\`) && !filepath.IsAbs(file) {
		name = filepath.Join(dir, file)
	}
	found, err := exec.LookPath(name)
	if err != nil && !errors.Is(err, exec.ErrDot) {
		return "", ENOENT
	}
	return filepath.Abs(found)
}

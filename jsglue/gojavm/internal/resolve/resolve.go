// Package resolve finds the file that an import names.
package resolve

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// extensions are tried, in this order, if an import has none.
var extensions = []string{".tsx", ".ts", ".jsx", ".js", ".mjs", ".json"}

// typeScript are the extensions of sources, by the extension of their output.
var typeScript = map[string][]string{
	".js":  {".ts", ".tsx"},
	".jsx": {".ts", ".tsx"},
	".mjs": {".mts"},
	".cjs": {".cts"},
}

// ErrNotFound is in the error's chain if nothing with the name exists.
var ErrNotFound = errors.New("no such file")

// ErrBare is the error for a name that is neither a path nor a package.
var ErrBare = fmt.Errorf("%w in node_modules", ErrNotFound)

// Resolve returns the absolute path of the file that a specifier names in a module of the directory
// dir, or the reason why there is none.
func Resolve(specifier, dir string) (string, error) {
	switch {
	case specifier == "":
		return "", errors.New("the name is empty")
	case strings.ContainsRune(specifier, 0):
		return "", errors.New("the name has a null character")
	case strings.HasPrefix(specifier, "file:"):
		u, err := url.Parse(specifier)
		if err != nil || u.Host != "" || u.Path == "" {
			return "", errors.New("it is not the URL of a local file")
		}
		local := u.Path
		if drive := strings.TrimPrefix(local, "/"); filepath.VolumeName(drive) != "" {
			local = drive // file:///C:/script.js
		}
		return path(filepath.FromSlash(local))
	case filepath.IsAbs(specifier):
		return path(specifier)
	case specifier == "." || specifier == ".." || strings.HasPrefix(specifier, "./") || strings.HasPrefix(specifier, "../"):
		p := filepath.Join(dir, specifier)
		if strings.HasSuffix(specifier, "/") {
			p += "/"
		}
		return path(p)
	case strings.HasPrefix(specifier, "#"):
		return internal(specifier, dir)
	}
	return bare(specifier, dir)
}

// path resolves the name of a file or directory.
func path(p string) (string, error) {
	clean := filepath.Clean(p)
	if !strings.HasSuffix(p, "/") {
		if found, err := file(clean); found != "" || err != nil {
			return found, err
		}
	}
	info, err := os.Stat(clean)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
		return "", reason(err)
	case err != nil:
		return "", notFound(clean)
	case info.IsDir():
		return directory(clean)
	}
	return "", fmt.Errorf("%w: it is not a directory", ErrNotFound)
}

// file looks for a file of this name, with or without an extension. Devices and
// pipes are files.
func file(p string) (string, error) {
	if isFile(p) {
		return p, nil
	}
	for _, extension := range extensions {
		if isFile(p + extension) {
			return p + extension, nil
		}
	}
	extension := filepath.Ext(p)
	for _, source := range typeScript[extension] {
		if s := strings.TrimSuffix(p, extension) + source; isFile(s) {
			return s, nil
		}
	}
	return "", nil
}

func isFile(p string) bool {
	info, err := os.Stat(p)
	return err == nil && !info.IsDir()
}

// directory finds the file for a directory.
func directory(dir string) (string, error) {
	p, err := readPackage(dir)
	if err != nil {
		return "", err
	}
	if p != nil {
		for _, main := range []string{p.Module, p.Main} {
			if main == "" {
				continue
			}
			target := filepath.Join(dir, main)
			if found, err := file(target); found != "" || err != nil {
				return found, err
			}
			if found, err := file(filepath.Join(target, "index")); found != "" || err != nil {
				return found, err
			}
		}
	}
	if found, err := file(filepath.Join(dir, "index")); found != "" || err != nil {
		return found, err
	}
	return "", errors.New("it is a directory without an index.js")
}

// notFound reports that p does not exist, and names a file that differs only in case.
func notFound(p string) error {
	base := filepath.Base(p)
	entries, _ := os.ReadDir(filepath.Dir(p))
	for _, entry := range entries {
		name := entry.Name()
		for _, extension := range append([]string{""}, extensions...) {
			if name != base+extension && strings.EqualFold(name, base+extension) {
				return fmt.Errorf("%w: '%s' differs in case", ErrNotFound, name)
			}
		}
	}
	return ErrNotFound
}

// reason is an error of the system without its path.
func reason(err error) error {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno
	}
	return err
}

// Package gendocs writes the type declarations of the module, and the sections and tables of its
// reference. Texts that the module's table does not have are in the files notes.txt, constants.txt and zmq.d.ts.tmpl.
package gendocs

import (
	"maps"
	"os"
	"path/filepath"
)

// The files that are written, in the repository.
const (
	DeclarationsFile = "types/zmq.d.ts"
	ReferenceFile    = "docs/reference.md"
)

// Files are the contents of every file that is written, by name; root is the
// repository's directory.
func Files(root string) (map[string]string, error) {
	declarations, err := Declarations()
	if err != nil {
		return nil, err
	}
	reference, err := os.ReadFile(filepath.Join(root, ReferenceFile))
	if err != nil {
		return nil, err
	}
	texts := tables()
	maps.Copy(texts, sections())
	filled, err := fill(string(reference), texts)
	if err != nil {
		return nil, err
	}
	return map[string]string{DeclarationsFile: declarations, ReferenceFile: filled}, nil
}

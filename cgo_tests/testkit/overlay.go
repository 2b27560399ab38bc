package testkit

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Overlay writes a file for the option -overlay of go build: with it, files of the module, which
// need not exist, have other texts. Their paths are relative to the module's root.
func Overlay(t testing.TB, texts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	replaced := map[string]string{}
	for file, text := range texts {
		replaced[filepath.Join(Root(t), file)] = write(fmt.Sprintf("%d-%s", len(replaced), filepath.Base(file)), text)
	}
	content, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		t.Fatal(err)
	}
	return write("overlay.json", string(content))
}

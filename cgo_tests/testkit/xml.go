package testkit

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// Elements counts the elements of a name in a file of XML, which must be well-formed.
func Elements(t testing.TB, file, name string) (count int) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(Read(t, file)))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return count
		}
		if err != nil {
			t.Fatal(err)
		}
		if element, ok := token.(xml.StartElement); ok && element.Name.Local == name {
			count++
		}
	}
}

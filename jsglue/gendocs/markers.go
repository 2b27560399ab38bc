package gendocs

import (
	"fmt"
	"regexp"
	"strings"
)

var marker = regexp.MustCompile(`(?m)^<!-- generated: (.*) -->$`)

// fill writes each text between the two lines that bear its name:
// <!-- generated: NAME --> and <!-- end: NAME -->.
func fill(document string, texts map[string]string) (string, error) {
	for name, text := range texts {
		begin, end := "<!-- generated: "+name+" -->\n", "<!-- end: "+name+" -->\n"
		before, rest, found := strings.Cut(document, begin)
		_, after, ended := strings.Cut(rest, end)
		if !found || !ended {
			return "", fmt.Errorf("no lines %q and %q", begin, end)
		}
		document = before + begin + text + end + after
	}
	for _, match := range marker.FindAllStringSubmatch(document, -1) {
		if _, ok := texts[match[1]]; !ok {
			return "", fmt.Errorf("%q is a line for a text that is not generated", match[0])
		}
	}
	return document, nil
}

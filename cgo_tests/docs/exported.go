package docs

// An Example is a block of JavaScript or TypeScript, for packages that can run it.
type Example struct {
	Line   int
	Code   string
	Prints string // the output according to its comments
}

// Examples are the blocks of a document.
func Examples(document string) (found []Example) {
	for _, example := range examples(document) {
		found = append(found, Example{Line: example.line, Code: example.code, Prints: example.prints})
	}
	return found
}

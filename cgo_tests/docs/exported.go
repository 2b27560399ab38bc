package docs

// An Example is a block of JavaScript or TypeScript, as packages run it that have what it needs.
type Example struct {
	Line   int
	Code   string
	Prints string // what its comments say that it prints
}

// Examples are the blocks of a document.
func Examples(document string) (found []Example) {
	for _, example := range examples(document) {
		found = append(found, Example{Line: example.line, Code: example.code, Prints: example.prints})
	}
	return found
}

package gojavm

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// The sizes of sources with elements are not limited, as long as each token is certain.
func TestLargeSourcesWithElements(t *testing.T) {
	const factory = "const React = { createElement: (tag, props, ...children) => ({ tag, props, children: children.length }), Fragment: 'f' };\n"
	const untyped = `function C%[1]d({ a = 1, ...rest }) {
  // it's a "component" of <a>
  const n = a < 2 ? 1 / 2 : (a << 1) > 3, m = a <= 1 || 1<<a, re = /["'<]/g, s = ` + "`<b>${a < 1 ? <i/> : '<'}`" + `;
  const list = [1, 2].map((x) => <li key={x} title='don"t \' class="a
b" {...rest}>{x} isn't / ( { "}" } <b>{/* </b> */}</b></li>);
  if (a) return <></>;
  return (
    <div style={{ color: "red" }} data-a=<b c/> onClick={() => { list.push(<A.B/>); }}>
      ((( it's {"}"} <p>(optional)</p> {n && <C%[1]d {...rest} />} {list} // no comment ` + "`" + ` [
      <input disabled /* > */ // >
        value={` + "`${a}`" + `} / >
    </div>
  );
}
`
	const typed = `interface P%[1]d<T = {}> { a?: number; f: (x: T) => void }
type F%[1]d = { g: <T,>(x: T) => T; h: <T extends object>(x: T) => Array<Array<T>> };
const id%[1]d = <T,>(x: T): T => x, keep%[1]d = <T extends P%[1]d>(x: T) => x;
const element%[1]d: P%[1]d<Array<number>> = <C%[1]d a={id%[1]d<number>(1)!} />;
`
	for loader, component := range map[api.Loader]string{api.LoaderJSX: untyped, api.LoaderTSX: untyped + typed} {
		one := factory + fmt.Sprintf(component, 0)
		var source strings.Builder
		source.WriteString(factory)
		for i := range 400 {
			fmt.Fprintf(&source, component, i)
		}
		if err := checkSource(source.String(), loader); err != nil {
			t.Errorf("%d bytes, loader %v: %v", source.Len(), loader, err)
		}
		name := map[api.Loader]string{api.LoaderJSX: "t.jsx", api.LoaderTSX: "t.tsx"}[loader]
		f := newFixture(t, Options{})
		if err := f.Eval(name, one+"print(JSON.stringify(C0({ a: 0 })), C0({}).children)"); err != nil {
			t.Fatal(err)
		}
		if got := f.out(); !strings.Contains(got, `"children":10`) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// No element hides how deep the text behind it is nested, nor anything that looks like one.
func TestElementsHideNoNesting(t *testing.T) {
	deep := strings.Repeat("(", 100_000)
	both := []string{
		"<a>'</a>; ", "<a>`</a>; ", "<a>/*</a>; ", "<a>//</a>; ", "<a b='\\'/>; ", "<a b=\"\\\"/>; ", "<a b='\n'/>; ", "<a/* > */>`</a>; ", "<a // >\n>`</a>; ", "<a b=<c>'</c>/>; ",
		"<a>{'</a>'}</a>; ", "<a>{`}</a>`}</a>; ", "<a>{/*</a>{*/}'</a>; ", "<a>{<b>'</b>}`</a>; ", "<></>; ", "<>'</>; ", "<a><b/>'<c></c>`</a>; ", "<a {...b}/>; ", "<a b={c => { '>' }}>'</a>; ",
		"<a-b:c>'</a-b:c>; ", "<a.b.c>'</a.b.c>; ", "<a b = 'x' / >; ", "<a>'</a\n>; ", "<a>'< /a>; ", "<a>'</a/*>*/>; ", "x = a < b; y = '>'; ", "x = a\n<b>'\n; ", "x = {} < b; ", "a++ < b; '`'; ", "if (a) <b>'</b>; ",
		"return\n<a>'</a>; ", "import 'x'\n<a>'</a>; ", "import 'x'\n<a>`</a>; ", "() => <a>'</a>; ", "<a>", "<a>'", "<a ", "<a b=", "<a b={", "<a>{", "<a>{'</a>'} (", "<a>x{", "<é>'</é>; ",
		"of <a>'</a>; ", "yield <a>`</a>; ", "break\n<a>`</a>; ", "{}<a>`</a>; ", "x = function () {} < a>`</a>`; ", "<a>&lt;'</a>; ", "<a>}'</a>; ", "<a>>'</a>; ", "do x; while (1) <a>`</a>; ",
	}
	typed := []string{
		"type A = <T>(x: T) => void; var s = \"</T>\"; ", "type A = <T>/**/\n(x: T) => void; var s = '</T>'; ", "type A = <const T>(x: T) => '</T>'; ", "type A = { <T>(x: T): '</T>' }; ",
		"type A = <T extends '>'>(x: T) => '</T>'; ", "type A = <T = '>'>(x: T) => '</T>'; ", "type A = <T, U>(x: T) => '</T>'; ", "x = <T,>(a: '</T>') => 1; ", "x = <T extends '>'>(a: '</T>') => 1; ",
		"let x: string\n<a>'</a>; ", "let x: A<B>\n<a>`</a>; ", "x! < y; '`'; ", "x as A<B>; '`'; ", "x = <A<'>'>>'</A>; ", "x = <A<B> b='\\'/>; ", "x = <T extends>'</T>; ", "x = <T extends='\\'/>; ",
		"let x: new <T>(x: T) => '</T>'; ", "x = <a b={<T,>(x: T) => '>'}>'</a>; ", "let x: () => <T>(x: '</T>') => 1; ", "f<T>(x)<a>`</a>; ", "x = y satisfies <T>(x: T) => '</T>'; ", "type A = X | <T>(x: '</T>') => 1; ",
		"x = a ? (b) : <T>(c: '</T>') => d; ", "type A = <in T>(x: T) => '</T>'; ", "x = <T>(y) </T>; '`'; ",
	}
	for _, before := range both {
		for _, loader := range []api.Loader{api.LoaderJS, api.LoaderJSX, api.LoaderTSX} {
			for _, behind := range []string{deep, "}" + deep, "</a>; " + deep, "</a>{" + deep, "'; " + deep, "`; " + deep} {
				if hides(t, before+behind, loader) {
					t.Errorf("%.40q hides it (loader %v)", before+behind, loader)
				}
			}
		}
	}
	for _, before := range typed {
		for _, behind := range []string{deep, "'; " + deep, "`; " + deep, "</T>; " + deep, "\"; " + deep} {
			if hides(t, before+behind, api.LoaderTSX) {
				t.Errorf("%.60q hides it", before+behind)
			}
		}
	}
}

// hides reports whether checkSource takes a source with brackets that esbuild reads as such. For this, a backslash
// behind the first ones is an error at its place; in a string, a text or a comment it is none.
func hides(t *testing.T, source string, loader api.Loader) bool {
	t.Helper()
	err := checkSource(source, loader)
	if err != nil {
		if !errors.Is(err, errSourceDepth) && !errors.Is(err, errSourceUnsure) {
			t.Fatal(err)
		}
		return false
	}
	at := strings.Index(source, "((((")
	shallow := source[:at] + "((\\ "
	result := api.Transform(shallow, api.TransformOptions{Loader: loader, LogLevel: api.LogLevelSilent})
	for _, message := range result.Errors {
		if message.Location != nil && offset(shallow, message.Location.Line, message.Location.Column) == at+len(`((\`) {
			return true
		}
	}
	return false
}

// offset is that of a place, whose line counts from 1.
func offset(text string, line, column int) int {
	at := 0
	for range line - 1 {
		at += strings.IndexByte(text[at:], '\n') + 1
	}
	return at + column
}

// Nesting of elements is counted.
func TestDeepElements(t *testing.T) {
	for _, nesting := range [][3]string{
		{"<a>", "", "</a>"}, {"<>", "", "</>"}, {"<a b=", "<c/>", "/>"}, {"<a b={", "1", "}/>"}, {"<a>{", "1", "}</a>"}, {"<a>{(", "1", ")}</a>"}, {"<a {...", "b", "}/>"}, {"<a b={() => {", "", "}}/>"},
	} {
		for _, loader := range []api.Loader{api.LoaderJSX, api.LoaderTSX} {
			source := func(depth int) string {
				return "x = " + strings.Repeat(nesting[0], depth) + nesting[1] + strings.Repeat(nesting[2], depth)
			}
			if err := checkSource(source(100_000), loader); err == nil {
				t.Errorf("%q is not counted (loader %v)", nesting[0], loader)
			}
			if err := checkSource(source(300), loader); err != nil {
				t.Errorf("%q: %v (loader %v)", nesting[0], err, loader)
			}
		}
	}
	name := "t.jsx"
	failure(t, name, "x = "+strings.Repeat("<a>", 100_000))
	// As deep as is taken: it ends with an error of the script at worst.
	deepest := strings.Repeat("<a>", 1800) + strings.Repeat("</a>", 1800)
	f := newFixture(t, Options{})
	if err := f.Eval(name, "const React = { createElement: () => 1 };\nprint("+deepest+")"); err != nil && !strings.Contains(err.Error(), "Error") {
		t.Error(err)
	}
}

// Reading tags ahead takes no time that grows with the square of the length.
func TestManyElements(t *testing.T) {
	for _, text := range []string{"<a", "<a>", "<a b='", "<a>{", "</a>", "<a/>", "<", "<a /*", "< ", "<a <", "x<a,", "<a>(", "<a extends ", "<a b=<"} {
		for _, loader := range []api.Loader{api.LoaderJSX, api.LoaderTSX} {
			_ = checkSource(strings.Repeat(text, maxSource/len(text)), loader)
		}
	}
}

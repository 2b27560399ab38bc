package gojavm

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
)

// unsupported lists the features that goja lacks and esbuild lowers.
var unsupported = map[string]bool{
	"decorators":      false,
	"for-await":       false,
	"unicode-escapes": false, // goja's parser panics at \u{10FFFF}
	"using":           false,
}

// privateMembers are the features to lower in a source with an expression such as
// "#x in y && z", which goja does not parse. Lowered members are slow, so others keep them.
var privateMembers = []string{
	"class-private-brand-check", "class-private-field", "class-private-method", "class-private-accessor",
	"class-private-static-field", "class-private-static-method", "class-private-static-accessor",
}

// asyncGeneratorFeature is esbuild's name for asynchronous generators. Only sources that scripts
// compile have them lowered by esbuild, others by lowering.lowerAsyncGenerator.
const asyncGeneratorFeature = "async-generator"

// code is esbuild's output for a source: JavaScript that goja supports, apart from
// module syntax.
type code struct {
	text      string
	sourceMap []byte // of esbuild
	module    bool   // the syntax is a module's
}

// transform transforms a source with esbuild. The source is a module if its syntax says so or
// asModule is set. lowered lists features to lower in addition to unsupported.
func (s *source) transform(asModule bool, lowered ...string) (*code, error) {
	c, err := s.build(s.text, lowered)
	if err == nil && asModule && !c.module {
		// esbuild took it for a script.
		c, err = s.build(s.text+"\nexport {};", lowered)
	}
	if err == nil {
		c.rewriteAsyncMethods()
	}
	return c, err
}

func (s *source) build(text string, lowered []string) (*code, error) {
	if err := checkSource(text, s.loader); err != nil {
		return nil, s.fault("%s", err)
	}
	supported := make(map[string]bool, len(unsupported))
	for feature, v := range unsupported {
		supported[feature] = v
	}
	for _, feature := range lowered {
		supported[feature] = false
	}
	// api.Transform would neither report whether the source is a module nor read tsconfig.json.
	charset := api.CharsetASCII
	if hasAstralNames(text) {
		charset = api.CharsetUTF8
	}
	result := api.Build(api.BuildOptions{
		Charset: charset,
		Stdin: &api.StdinOptions{
			Contents:   text,
			Sourcefile: s.path,
			Loader:     s.loader,
			ResolveDir: s.dir(),
		},
		Outfile:        filepath.Join(s.dir(), "out.js"),
		AbsWorkingDir:  s.dir(),
		Platform:       api.PlatformNeutral,
		Target:         api.ESNext,
		Supported:      supported,
		TreeShaking:    api.TreeShakingFalse,
		LegalComments:  api.LegalCommentsNone,
		Sourcemap:      api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude,
		LogLevel:       api.LogLevelSilent,
		Metafile:       true,
	})
	if len(result.Errors) > 0 {
		return nil, s.transformError(result.Errors[0])
	}
	c := &code{}
	for _, f := range result.OutputFiles {
		if strings.HasSuffix(f.Path, ".map") {
			c.sourceMap = f.Contents
		} else {
			c.text = string(f.Contents)
		}
	}
	c.text = lastCodePoint().ReplaceAllString(c.text, `$1\udbff\udfff`) // in regular expressions and templates
	if len(c.text) != utf8.RuneCountInString(c.text) {
		c.sourceMap = byteColumns(c.sourceMap, c.text)
	}
	var meta struct {
		Inputs map[string]struct{ Format string }
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return nil, fmt.Errorf("gojavm: %w", err)
	}
	for _, input := range meta.Inputs {
		c.module = c.module || input.Format == "esm"
	}
	return c, nil
}

// hasAstralNames reports whether there may be a name with a code point above U+FFFF, whose
// escape goja does not support.
func hasAstralNames(text string) bool {
	return strings.Contains(text, `\u{`) || strings.ContainsFunc(text, func(r rune) bool { return r > 0xffff })
}

package jsglue

import "testing"

// The results are those of TextDecoder in the engines that have one.
func TestIllFormedTextIsReplacedAsTextDecoderDoesIt(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"plain \x00 \u00e9 \u20ac": "plain \x00 \u00e9 \u20ac",
		"a\xffb":                   "a\ufffdb",
		"\xff\xfe":                 "\ufffd\ufffd",
		"\x80\x80":                 "\ufffd\ufffd",
		"\xe2\x82":                 "\ufffd",
		"\xe2\x82A":                "\ufffdA",
		"\xe2A":                    "\ufffdA",
		"\xf0\x9f\x98":             "\ufffd",
		"\xf0\x9f\x98\xf0\x9f\x98": "\ufffd\ufffd",
		"\xc0\x80":                 "\ufffd\ufffd",
		"\xe0\x80\x80":             "\ufffd\ufffd\ufffd",
		"\xed\xa0\x80":             "\ufffd\ufffd\ufffd",
		"\xf4\x90\x80\x80":         "\ufffd\ufffd\ufffd\ufffd",
		"\xf5\x80":                 "\ufffd\ufffd",
		"\xef\xbb\xbfbom":          "\ufeffbom",
	} {
		if got := WellFormed(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

func TestSurrogatesOfStrings(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "",
		"\ud7a3 \ue000 \U0001f600":             "\ud7a3 \ue000 \U0001f600",
		"\xed\xa0\x80":                         "\ufffd",
		"a\xed\xbf\xbfb":                       "a\ufffdb",
		"\xed\xb0\x80\xed\xa0\x80":             "\ufffd\ufffd",
		"\xed\x9f\xbf\xed\xa0\x80":             "\ud7ff\ufffd",
		"\xed\xa0\xbd\xed\xb8\x80":             "\U0001f600",
		"\xed\xaf\xbf\xed\xbf\xbfx":            "\U0010ffffx",
		"\xed\xa0\x80\xed\xa0\x80\xed\xb0\x80": "\ufffd\U00010000",
		"\xed\xa0\x80\xed\x9f\xbf":             "\ufffd\ud7ff",
		"\xed":                                 "\ufffd",
		"x\xed\xa0":                            "x\ufffd\ufffd",
	} {
		if got := withoutSurrogates(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

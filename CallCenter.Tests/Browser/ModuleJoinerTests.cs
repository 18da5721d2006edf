using CallCenter.Api.Console;

namespace CallCenter.Tests.Browser;

/// <summary>What becomes of modules that are joined; that the result runs, the browser's tests show.</summary>
public sealed class ModuleJoinerTests
{
    private static string Join(params (string Path, string Text)[] modules) =>
        new ModuleJoiner(modules.ToDictionary(module => module.Path, module => module.Text)).Join(modules[0].Path);

    [Fact]
    public void Join_Imports_RunFirstAndOnce()
    {
        var script = Join(
            ("a.js", "import { b } from './lib/b.js';\nimport { c as other } from './lib/c.js';\nb(other);"),
            ("lib/b.js", "import { c } from './c.js';\nexport function b() { return c; }"),
            ("lib/c.js", "export const c = 1;\nexport async function d() {}"));

        Assert.Equal("""
            // lib/c.js
            const $lib$c = (() => {
            const c = 1;
            async function d() {}
            return { c, d };
            })();
            // lib/b.js
            const $lib$b = (() => {
            const { c } = $lib$c;
            function b() { return c; }
            return { b };
            })();
            // a.js
            const $a = (() => {
            const { b } = $lib$b;
            const { c: other } = $lib$c;
            b(other);
            return {  };
            })();

            """.ReplaceLineEndings("\n"), script);
    }

    [Fact]
    public void Join_CommentsAndIndentation_StayBehind()
    {
        var script = Join(("a.js", "// What it is.\nfunction a() {\n\n  // Why.\n  return 'b // c'; // Here.\n}"));

        Assert.Equal("// a.js\nconst $a = (() => {\nfunction a() {\nreturn 'b // c'; // Here.\n}\nreturn {  };\n})();\n", script);
    }

    [Fact]
    public void Join_TextOverSeveralLines_IsRefused() =>
        Assert.Contains("const a = `one", Assert.Throws<InvalidOperationException>(() => Join(("a.js", "const a = `one\n  two`;"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("import a from './b.js';")]
    [InlineData("import * as a from './b.js';")]
    [InlineData("import {\n  a,\n} from './b.js';")]
    [InlineData("import { a } from 'elsewhere';")]
    [InlineData("export default 1;")]
    [InlineData("export let a = 1;")]
    [InlineData("export class A {}")]
    [InlineData("export { a };")]
    [InlineData("const a = import('./b.js');")]
    [InlineData("const a = import.meta.url;")]
    public void Join_OtherForms_AreRefused(string line) =>
        Assert.Contains("a.js", Assert.Throws<InvalidOperationException>(() => Join(("a.js", $"const before = 1;\n{line}"), ("b.js", "export const a = 1;"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Join_Circle_IsRefused() => Assert.Contains("a.js, b.js, a.js", Assert.Throws<InvalidOperationException>(() =>
        Join(("a.js", "import { b } from './b.js';"), ("b.js", "import { a } from './a.js';"))).Message, StringComparison.Ordinal);
}

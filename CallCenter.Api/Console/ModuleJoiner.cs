using System.Text;
using System.Text.RegularExpressions;

namespace CallCenter.Api.Console;

/// <summary>
/// Makes one script of the console's modules, so that a browser asks once. Every module stays a scope of its own and runs after those that it
/// imports. It understands the plain forms that the console uses, and refuses any other: <c>import { a, b as c } from './d.js';</c> on one line, and
/// <c>export</c> before a function or a constant. Comments on lines of their own and indentation stay behind, a fifth of what would be sent; so
/// no text may go over several lines.
/// </summary>
/// <param name="modules">The modules, by their paths.</param>
internal sealed partial class ModuleJoiner(IReadOnlyDictionary<string, string> modules)
{
    private readonly StringBuilder _script = new();
    private readonly HashSet<string> _done = [];
    private readonly List<string> _way = [];

    /// <summary>The script.</summary>
    /// <param name="first">The module that the page begins with; those that it does not need are left out.</param>
    /// <exception cref="InvalidOperationException">A module holds what this does not understand.</exception>
    public string Join(string first)
    {
        Add(first);
        return _script.ToString();
    }

    private void Add(string path)
    {
        if (_done.Contains(path))
            return;
        if (_way.Contains(path))
            throw new InvalidOperationException($"The console's modules import each other in a circle: {string.Join(", ", _way)}, {path}.");
        _way.Add(path);
        var body = Import().Replace(modules[path], import =>
        {
            var from = Resolve(path, import.Groups["from"].Value);
            Add(from);
            return $"const {{{import.Groups["names"].Value.Replace(" as ", ": ", StringComparison.Ordinal)}}} = {Name(from)};";
        });
        var names = Export().Matches(body).Select(export => export.Groups["name"].Value);
        body = Export().Replace(body, export => export.Value["export ".Length..]);
        if (Other().Match(body) is { Success: true } other)
            throw new InvalidOperationException($"The console's module {path} holds '{other.Value}', which cannot be joined with the others.");
        if (Lines(body).FirstOrDefault(line => line.Count(letter => letter == '`') % 2 != 0) is { } open)
            throw new InvalidOperationException($"The console's module {path} holds a text that goes on after '{open.Trim()}': write it on one line.");
        _way.Remove(path);
        _done.Add(path);
        _script.Append($"// {path}\nconst {Name(path)} = (() => {{\n{string.Join('\n', Lines(body).Select(line => line.TrimStart()).Where(line => line.Length > 0))}\nreturn {{ {string.Join(", ", names)} }};\n}})();\n");
    }

    private static IEnumerable<string> Lines(string body) => body.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    private static string Name(string path) => "$" + path[..path.LastIndexOf('.')].Replace('/', '$');

    private static string Resolve(string path, string relative) => new Uri(new Uri($"file:///{path}"), relative).AbsolutePath[1..];

    [GeneratedRegex(@"^import \{(?<names>[^}\n]+)\} from '(?<from>\.[^'\n]+)';", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?:(?:async )?function|const) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"^(?:import|export)\b.*|\bimport\s*\(|\bimport\.meta\b", RegexOptions.Multiline)]
    private static partial Regex Other();
}

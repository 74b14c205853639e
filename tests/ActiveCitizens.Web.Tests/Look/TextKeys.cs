using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ActiveCitizens.Web.Tests.Look;

/// <summary>Reads from the sources which texts each area uses, and from the <c>.resx</c> files which ones it has.</summary>
internal static partial class TextKeys
{
    private static string Features => Path.Combine(Sources.Web, "Features");

    public static IEnumerable<string> Areas => Directory.EnumerateFiles(Features, "*Text.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)!) + "Text.cs" == Path.GetFileName(file))
        .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!));

    /// <summary>Key and translation of every text of an area in French.</summary>
    public static IReadOnlyDictionary<string, string> Of(string area)
    {
        var file = Path.Combine(Features, area, $"{area}Text.fr.resx");
        return File.Exists(file)
            ? XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
    }

    /// <summary>Area and key of every text the sources ask for.</summary>
    public static IEnumerable<(string Area, string Key, string File)> Used() =>
        from file in Directory.EnumerateFiles(Features, "*", SearchOption.AllDirectories).Append(Path.Combine(Sources.Web, "Program.cs"))
        where Path.GetExtension(file) is ".cs" or ".cshtml"
        from use in UsedIn(file)
        select (use.Area, use.Key, Path.GetRelativePath(Sources.Root, file));

    internal static IEnumerable<(string Area, string Key)> UsedIn(string file)
    {
        var source = Comments().Replace(File.ReadAllText(file), "");
        var relative = Path.GetRelativePath(Features, file).Split(Path.DirectorySeparatorChar);
        var area = relative[0] is ".." ? "Shared" : relative[0];
        return UsedIn(source, area);
    }

    /// <summary>The rules in words: a localizer is used through the name it is declared with, its key is a literal (or a choice between literals).</summary>
    internal static IEnumerable<(string Area, string Key)> UsedIn(string source, string area)
    {
        var localizers = new Dictionary<string, string>(StringComparer.Ordinal) { ["T"] = area, ["Shared"] = "Shared" };
        foreach (Match declared in Declaration().Matches(source))
        {
            localizers[declared.Groups["name"].Value] = declared.Groups["area"].Value;
        }

        foreach (Match call in Call().Matches(source))
        {
            if (localizers.TryGetValue(call.Groups["name"].Value, out var owner))
            {
                var isPlural = call.Groups["plural"].Success;
                var argument = Argument(source, call.Index + call.Length, isPlural ? 1 : 0);
                foreach (var key in Keys(argument))
                {
                    yield return (owner, key);
                }
            }
        }

        foreach (Match annotation in Annotation().Matches(source))
        {
            yield return (area, Unescape(annotation.Groups["key"].Value));
        }

        foreach (Match entry in Navigation().Matches(source))
        {
            yield return (entry.Groups["area"].Value, Unescape(entry.Groups["key"].Value));
        }
    }

    /// <summary>One argument of a call that opened just before <paramref name="start"/>.</summary>
    private static string Argument(string source, int start, int index)
    {
        var (depth, from, inText) = (0, start, false);
        for (var i = start; i < source.Length; i++)
        {
            if (inText)
            {
                if (source[i] == '\\')
                {
                    i++;
                }
                else if (source[i] == '"')
                {
                    inText = false;
                }
            }
            else if (source[i] == '"')
            {
                inText = true;
            }
            else if (source[i] is '(' or '[' or '{')
            {
                depth++;
            }
            else if (source[i] is ')' or ']' or '}' && depth-- == 0)
            {
                return source[from..i];
            }
            else if (source[i] == ',' && depth == 0)
            {
                if (index-- == 0)
                {
                    return source[from..i];
                }

                from = i + 1;
            }
        }

        return "";
    }

    private static IEnumerable<string> Keys(string argument)
    {
        var isLiteral = argument.TrimStart().StartsWith('"');
        return from Match literal in Literal().Matches(argument)
               where !literal.Groups["pattern"].Success && (isLiteral || literal.Groups["chosen"].Success)
               select Unescape(literal.Groups["key"].Value);
    }

    private static string Unescape(string literal) => Regex.Unescape(literal);

    [GeneratedRegex(@"(?m)^[ \t]*//[^\n]*$|(?s)@\*.*?\*@")]
    private static partial Regex Comments();

    [GeneratedRegex(@"IStringLocalizer<(?:\w+\.)*(?<area>\w+)Text>\s+(?<name>\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(?<name>\w+)(?:\[|(?<plural>\.Plural\())")]
    private static partial Regex Call();

    [GeneratedRegex("""(?<chosen>(?:\?|:|=>)\s*)?"(?<key>(?:[^"\\]|\\.)*)"(?<pattern>(?=\s*=>))?""")]
    private static partial Regex Literal();

    [GeneratedRegex("""(?:\bErrorMessage\s*=\s*|\bDisplay\(Name\s*=\s*)"(?<key>(?:[^"\\]|\\.)*)""" + "\"")]
    private static partial Regex Annotation();

    [GeneratedRegex("""AddNavigation<(?:\w+\.)*(?<area>\w+)Text>\(\s*"(?<key>(?:[^"\\]|\\.)*)""" + "\"")]
    private static partial Regex Navigation();
}

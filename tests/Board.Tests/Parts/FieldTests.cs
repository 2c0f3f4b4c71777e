using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace EarlyWarning.Board.Tests.Parts;

public sealed partial class FieldTests
{
    private static readonly string s_board = Path.GetFullPath(Path.Combine(Here(), "../../../services/Board"));

    /// <summary>More than 32 KB in one message ends the socket of a page, with all that was typed.</summary>
    [Fact]
    public void Field_OfText_HasALongestThatTheSocketTakes()
    {
        var fields = Directory
            .EnumerateFiles(s_board, "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Fields().Matches(File.ReadAllText(file)))
            .Select(match => match.Value)
            .Where(field => !Typeless().IsMatch(field))
            .ToList();

        Assert.NotEmpty(fields);
        Assert.All(fields, field => Assert.Contains("maxlength=", field, StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("<(input|textarea)\\b[^<]*?>(?=\\s|<|$)", RegexOptions.Multiline)]
    private static partial Regex Fields();

    [GeneratedRegex("type=\"(hidden|checkbox|radio|range|date|datetime-local)\"")]
    private static partial Regex Typeless();
}

using System.Text.RegularExpressions;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>The threat model names tests that there are, and says of each threat what holds it and what is left.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly IReadOnlyList<string[]> s_rows =
    [
        .. Repository
            .Read("docs", "threat-model.md")
            .Split('\n')
            .Where(line => Row().IsMatch(line))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void Rows_Each_SayThreatHoldTestsAndWhatIsLeft()
    {
        Assert.InRange(s_rows.Count, 30, 200);
        Assert.All(s_rows, row =>
        {
            Assert.Equal(5, row.Length);
            Assert.All(row, Assert.NotEmpty);
            Assert.Matches("^`", row[3]);
        });
    }

    [Fact]
    public void Tests_ThatAreNamed_AreThere()
    {
        var classes = Directory
            .GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Class().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(
            s_rows
                .SelectMany(row => Quoted().Matches(row[3]).Select(found => found.Groups[1].Value))
                .Where(name => !classes.Contains(name))
                .Distinct()
        );
    }

    [GeneratedRegex(@"^\| [STRIDE](, [STRIDE])* \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\bclass (\w+Tests)\b")]
    private static partial Regex Class();

    [GeneratedRegex("`(\\w+Tests)`")]
    private static partial Regex Quoted();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace EarlyWarning.Catalogue.Tests.Frameworks;

/// <summary>The document of the default framework says what its files say.</summary>
public sealed partial class DocumentTests
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Frameworks", "README.md"));

    public static TheoryData<string> Tables => [.. s_tables.Keys];

    private static readonly Dictionary<string, Func<IEnumerable<string>>> s_tables = new()
    {
        ["counts"] = () => [Counts()],
        ["factors"] = () => Enumerable.Range(1, 14).Select(number => Factor(Risk.Nodes.Single(node => node.Code == $"r{number:00}"))),
        ["concepts"] = () => Concepts(Risk),
        ["levels"] = () =>
            Risk
                .File.Framework!.Level.HighestOf.Select(node => Level(node.Node, node.Bands, Percent(node.MinimumCoverage)))
                .Append(Level(Risk.Compiled.Nodes[^1].Code, Risk.File.Framework.Bands, "25 %")),
        ["thresholds"] = () => Risk.File.Thresholds.Concat(Resilience.File.Thresholds).Select(Threshold),
        ["resilience"] = () => Concepts(Resilience),
    };

    private static PackagedFramework Risk => PackagedFramework.Risk;

    private static PackagedFramework Resilience => PackagedFramework.Resilience;

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_InTheDocument_IsWhatTheFilesSay(string name)
    {
        var table = string.Join('\n', s_tables[name]());
        Assert.True(s_document.Contains(table, StringComparison.Ordinal), $"The document must have {name}:\n{table}");
    }

    [Fact]
    public void Concepts_EveryIndicator_StandsUnderOneOfThem()
    {
        var listed = Concepts(Risk)
            .Concat(Concepts(Resilience))
            .SelectMany(row => Code().Matches(row.Split('|')[2]).Select(match => match.Groups["code"].Value));
        Assert.Equal(
            Risk.Leaves.Concat(Resilience.Leaves).Select(leaf => leaf.Code).Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal)
        );
        var names = Concepts(Risk).Concat(Concepts(Resilience)).Select(row => row.Split('|')[1].Trim()).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Codes_NamedInTheDocument_Exist()
    {
        var known = Risk.Leaves.Concat(Resilience.Leaves).Select(leaf => leaf.Code).ToHashSet();
        Assert.All(Code().Matches(s_document).Select(match => match.Groups["code"].Value), code => Assert.Contains(code, known));
    }

    private static string Counts()
    {
        var (risk, resilience) = (Risk.Leaves.Count, Resilience.Leaves.Count);
        var (judged, figures) = (Risk.Leaves.Count(Risk.IsJudged), Risk.Leaves.Count(leaf => !Risk.IsJudged(leaf)));
        return $"{risk} indicators of risk, {judged} judged and {figures} counted or measured, for {Concepts(Risk).Count()} concepts; "
            + $"{resilience} of resilience, all judged.";
    }

    private static string Factor(V1.Node factor)
    {
        var leaves = Leaves(factor).Count();
        return $"| {factor.DisplayName} | {Percent(Risk.Weight(factor.Code))} | {leaves} | {factor.WeightReason} |";
    }

    // Views of one figure stand under a node of their own, which is the concept.
    private static IEnumerable<string> Concepts(PackagedFramework framework)
    {
        var concepts = framework
            .Nodes.Where(node => node.Leaf is null && node.Children.All(child => child.Leaf is not null) && IsView(framework, node))
            .ToList();
        foreach (
            var node in framework.Nodes.Where(node =>
                concepts.Contains(node) || (node.Leaf is not null && !concepts.Any(concept => concept.Children.Contains(node)))
            )
        )
        {
            var name = node.Leaf is null ? node.DisplayName : framework.Indicators[node.Code].DisplayName;
            yield return $"| {name} | {string.Join(", ", Leaves(node).Select(leaf => $"`{leaf.Code}`"))} | "
                + $"{Percent(framework.Weight(node.Code))} |";
        }
    }

    private static bool IsView(PackagedFramework framework, V1.Node node) =>
        node.Children.Count > 1
        && node.Children.Skip(1).All(child => child.Code.StartsWith(node.Children[0].Code, StringComparison.Ordinal));

    private static string Level(string code, IEnumerable<V1.Band> bands, string coverage)
    {
        string From(string level) => bands.FirstOrDefault(band => band.Level == level) is { } band ? Number(band.LowerBound) : "–";
        return $"| `{code}` | {From("moderate")} | {From("elevated")} | {From("high")} | {From("severe")} | {coverage} |";
    }

    private static string Threshold(V1.Threshold threshold)
    {
        var target =
            threshold.Target.Length > 0 ? $"`{threshold.Target}`"
            : threshold.Condition == V1.Condition.Level ? "level"
            : "index";
        var asks = threshold.Condition switch
        {
            V1.Condition.Level => $"{threshold.Level} or higher",
            V1.Condition.Rise => $"a rise of {Number(threshold.Value)} in {threshold.Window.ToTimeSpan().TotalDays} days",
            _ => $"{Number(threshold.Value)} or more, clears under {Number(threshold.ClearingValue)}",
        };
        return $"| {threshold.DisplayName} | {target} | {asks} | {Percent(threshold.MinimumCoverage)} | "
            + $"{Math.Max(1, threshold.MinimumSources)} | {threshold.Severity.ToString().ToLowerInvariant()} |";
    }

    private static IEnumerable<V1.Node> Leaves(V1.Node node) => node.Leaf is not null ? [node] : node.Children.SelectMany(Leaves);

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"`(?<code>(r\d\d|res)\.[a-z-]+)`")]
    private static partial Regex Code();
}

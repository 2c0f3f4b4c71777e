using EarlyWarning.V1;

namespace EarlyWarning.Board.Countries;

/// <summary>A node or an indicator of a framework with what is known of it for one country, its worst child first. Immutable.</summary>
/// <param name="Code">The node's or the indicator's code.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Children">What it is made of; none for an indicator.</param>
public sealed record Factor(string Code, string Name, IReadOnlyList<Factor> Children)
{
    /// <summary>
    /// Gets the score; <see langword="null"/> where data are insufficient, and of an indicator whose scale its goalposts do not tell.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>Gets what is known of a node; <see langword="null"/> for an indicator.</summary>
    public NodeScore? Node { get; init; }

    /// <summary>Gets what is known of an indicator; <see langword="null"/> for a node.</summary>
    public Contribution? Leaf { get; init; }

    /// <summary>Gets how an indicator enters; <see langword="null"/> for a node, and in a regression.</summary>
    public Leaf? Rule { get; init; }

    /// <summary>Gets what it adds to the country's score.</summary>
    public double Adds { get; init; }

    /// <summary>Gets whether nothing is known of it.</summary>
    public bool IsMissing => Leaf is { HasValue: false } || Node is { HasCoverage: true, Coverage: 0 };

    /// <summary>Gets it and all below it.</summary>
    public IEnumerable<Factor> All => Children.SelectMany(one => one.All).Prepend(this);

    /// <summary>Makes the tree of an explained score.</summary>
    public static Factor Of(Framework framework, ExplainCountryRiskResponse explained)
    {
        var leaves = explained.Contributions.ToDictionary(one => one.Indicator, StringComparer.Ordinal);
        var nodes = explained.Risk.Nodes.ToDictionary(one => one.Code, StringComparer.Ordinal);
        if (framework.Composite?.Root is { } root)
        {
            return Of(root, leaves, nodes);
        }

        // A regression is a probability, perhaps members of which it is the average, and the indicators that all of them read.
        var (index, members) = (explained.Risk.Nodes.FirstOrDefault(), explained.Risk.Nodes.Skip(1));
        return new(
            index?.Code ?? framework.Name,
            index?.DisplayName is { Length: > 0 } name ? name : framework.DisplayName,
            [
                .. Ordered(members.Select(one => Inner(one.Code, one.DisplayName, one, []))),
                .. Ordered(explained.Contributions.Select(one => Indicator(one, null))),
            ]
        )
        {
            Node = index,
            Score = explained.Risk.HasScore ? explained.Risk.Score : null,
            Adds = explained.Contributions.Sum(one => one.Amount),
        };
    }

    /// <summary>The codes from the top to a node, without the node itself; none where it is not there.</summary>
    public IEnumerable<string> PathTo(string code) =>
        Children.FirstOrDefault(one => one.All.Any(below => below.Code == code)) is { } next ? next.PathTo(code).Prepend(Code) : [];

    /// <summary>
    /// Where a value stands between its goalposts, 0 to 100; <see langword="null"/> where another method brings it onto the scale.
    /// </summary>
    internal static double? Placed(Contribution leaf, Leaf rule)
    {
        var plain =
            rule is { Denominator: null, Treatment: null, HasLow: true, HasHigh: true }
            && rule.Normalisation is null or { OwnScale: false, MethodCase: Normalisation.MethodOneofCase.Goalposts };
        if (!plain || !leaf.HasValue || leaf.Stale)
        {
            return null;
        }

        var share = Math.Clamp((leaf.Value - rule.Low) / (rule.High - rule.Low), 0, 1);
        return 100 * (rule.Direction == Direction.Decreasing ? 1 - share : share);
    }

    private static Factor Of(Node node, Dictionary<string, Contribution> leaves, Dictionary<string, NodeScore> nodes)
    {
        if (node.Leaf is { } leaf)
        {
            return Indicator(
                leaves.GetValueOrDefault(leaf.Indicator) ?? new() { Indicator = leaf.Indicator, DisplayName = node.DisplayName },
                leaf
            );
        }

        return Inner(
            node.Code,
            node.DisplayName,
            nodes.GetValueOrDefault(node.Code),
            [.. Ordered(node.Children.Select(child => Of(child, leaves, nodes)))]
        );
    }

    private static Factor Inner(string code, string name, NodeScore? score, IReadOnlyList<Factor> children) =>
        new(
            code,
            score?.DisplayName is { Length: > 0 } shown ? shown
                : name.Length > 0 ? name
                : code,
            children
        )
        {
            Node = score,
            Score = score is { HasScore: true } ? score.Score : null,
            Adds = children.Sum(child => child.Adds),
        };

    private static Factor Indicator(Contribution leaf, Leaf? rule) =>
        new(leaf.Indicator, leaf.DisplayName.Length > 0 ? leaf.DisplayName : leaf.Indicator, [])
        {
            Leaf = leaf,
            Rule = rule,
            Score = rule is null ? null : Placed(leaf, rule),
            Adds = leaf.Amount,
        };

    // What is missing is not the least bad: it stands apart, after what is known.
    private static IEnumerable<Factor> Ordered(IEnumerable<Factor> factors) =>
        factors
            .OrderBy(one => one.IsMissing)
            .ThenByDescending(one => one.Score ?? double.MinValue)
            .ThenByDescending(one => one.Adds)
            .ThenBy(one => one.Name, StringComparer.Ordinal);
}

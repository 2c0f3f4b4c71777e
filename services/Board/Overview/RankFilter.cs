using EarlyWarning.Board.Language;
using EarlyWarning.Board.Live;
using EarlyWarning.Board.World;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Overview;

/// <summary>Which countries are listed, as the page's address says it, so that it can be sent on. Immutable.</summary>
public sealed record RankFilter
{
    /// <summary>How many rows are shown before more are asked for.</summary>
    public const int First = 25;

    /// <summary>Gets the framework's id; empty for the one that is meant where none is chosen.</summary>
    public string Framework { get; init; } = "";

    /// <summary>Gets the region's id; empty for all.</summary>
    public string Region { get; init; } = "";

    /// <summary>Gets the organisation's short name; empty for all.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>Gets the level; empty for all.</summary>
    public string Level { get; init; } = "";

    /// <summary>Gets a part of the name, or a code; empty for all.</summary>
    public string Text { get; init; } = "";

    /// <summary>Gets the order: one of <see cref="Orders"/>; empty for the ranking's own.</summary>
    public string Sort { get; init; } = "";

    /// <summary>Gets whether the order is turned round.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Gets how many rows are shown.</summary>
    public int Show { get; init; } = First;

    /// <summary>Gets the orders beside the ranking's own.</summary>
    public static IReadOnlyList<string> Orders { get; } = ["name", "rise", "data"];

    /// <summary>Gets those, and each the other way round; the last one is the ranking's own from its end.</summary>
    public static IReadOnlyList<string> Both { get; } = [.. Orders.SelectMany(one => new[] { one, $"-{one}" }), "-"];

    /// <summary>Whether it leaves anything out.</summary>
    public bool Narrows => Region.Length + Organisation.Length + Level.Length + Text.Length > 0;

    /// <summary>The address of a page with this filter.</summary>
    public string Address(string anchor = "")
    {
        (string Name, string Value)[] parts =
        [
            ("framework", Framework),
            ("region", Region),
            ("organisation", Organisation),
            ("level", Level),
            ("q", Text),
            ("sort", SortBy),
            ("show", Show == First ? "" : $"{Show}"),
        ];
        var query = string.Join(
            '&',
            parts.Where(one => one.Value.Length > 0).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}")
        );
        return $"/{(query.Length > 0 ? "?" : "")}{query}{anchor}";
    }

    /// <summary>
    /// The filter with the order that an address names: one of <see cref="Orders"/>, with a minus before it the other way round.
    /// </summary>
    public RankFilter By(string? sort)
    {
        var name = (sort ?? "").TrimStart('-');
        return this with
        {
            Sort = Orders.Contains(name) ? name : "",
            IsReversed = sort?.StartsWith('-') == true && (name.Length == 0 || Orders.Contains(name)),
        };
    }

    /// <summary>Gets the order as an address and a choice name it.</summary>
    public string SortBy => IsReversed ? $"-{Sort}" : Sort;

    /// <summary>The filter with another order; with the one that it has, the other way round.</summary>
    public RankFilter Turned(string sort) => this with { Sort = sort, IsReversed = sort == Sort && !IsReversed };

    /// <summary>How a column is sorted, as <c>aria-sort</c> says it; <see langword="null"/> where it is not the order's.</summary>
    public string? AriaOf(string sort) =>
        sort != Sort ? null
        : (sort is "rise") != IsReversed ? "descending"
        : "ascending";

    /// <summary>Ranked countries in the order that is asked for; of those that are equal in it the higher ranked stands first.</summary>
    internal IEnumerable<CountryRisk> Order(IEnumerable<CountryRisk> ranked) =>
        (Sort, IsReversed) switch
        {
            ("name", _) => By(ranked, risk => NameSearch.Plain(Words.Land(risk.Country, risk.CountryName)), StringComparer.Ordinal),
            // What is not known stands last, whichever way.
            ("rise", _) => By(ranked.Where(risk => risk.HasTrend), risk => -risk.Trend).Concat(ranked.Where(risk => !risk.HasTrend)),
            ("data", _) => By(ranked, risk => risk.HasCoverage ? risk.Coverage : -1),
            (_, true) => ranked.Reverse(),
            _ => ranked,
        };

    private IEnumerable<CountryRisk> By<T>(IEnumerable<CountryRisk> ranked, Func<CountryRisk, T> key, IComparer<T>? comparer = null) =>
        IsReversed ? ranked.OrderByDescending(key, comparer) : ranked.OrderBy(key, comparer);

    /// <summary>Whether it keeps a country.</summary>
    internal bool Keeps(CountryRisk risk, BoardState state) =>
        (Region.Length == 0 || Regions.Of(risk.Country) == Region)
        && (Organisation.Length == 0 || state.Organisations.GetValueOrDefault(Organisation)?.Contains(risk.Country) == true)
        && (Level.Length == 0 || (risk.Level.Length > 0 ? risk.Level : risk.LevelAtLeast) == Level)
        && (
            Text.Length == 0
            || risk.Country.Equals(Text, StringComparison.OrdinalIgnoreCase)
            || NameSearch.Has(Words.Land(risk.Country, risk.CountryName), Text)
        );
}

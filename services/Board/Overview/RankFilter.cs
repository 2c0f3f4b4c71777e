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

    /// <summary>Gets how many rows are shown.</summary>
    public int Show { get; init; } = First;

    /// <summary>Gets the orders beside the ranking's own.</summary>
    public static IReadOnlyList<string> Orders { get; } = ["name", "rise", "data"];

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
            ("sort", Sort),
            ("show", Show == First ? "" : $"{Show}"),
        ];
        var query = string.Join(
            '&',
            parts.Where(one => one.Value.Length > 0).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}")
        );
        return $"/{(query.Length > 0 ? "?" : "")}{query}{anchor}";
    }

    /// <summary>Ranked countries in the order that is asked for; of those that are equal in it the higher ranked stands first.</summary>
    internal IEnumerable<CountryRisk> Order(IEnumerable<CountryRisk> ranked) =>
        Sort switch
        {
            "name" => ranked.OrderBy(risk => NameSearch.Plain(Words.Land(risk.Country, risk.CountryName)), StringComparer.Ordinal),
            "rise" => ranked.OrderByDescending(risk => risk.HasTrend ? risk.Trend : double.NegativeInfinity),
            "data" => ranked.OrderBy(risk => risk.HasCoverage ? risk.Coverage : -1),
            _ => ranked,
        };

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

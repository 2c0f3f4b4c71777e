using EarlyWarning.V1;

namespace EarlyWarning.Cli.Exporting;

/// <summary>The columns of exported scores.</summary>
internal static class ScoreColumns
{
    /// <summary>Says which hashtags stand for what; the help shows it.</summary>
    public const string Hashtags = """
        With --format hxl a row of hashtags stands under the header (Humanitarian Exchange Language 1.1, hxlstandard.org):
          #country+code+v_iso3, #country+name      the country
          #indicator+rank+num                      its place, 1 for the highest score
          #indicator+value+num                     its score
          #indicator+data+state                    sufficient or insufficient; where insufficient there is no rank, score or level
          #indicator+level+name                    its risk level
          #indicator+level+min+name                the level that it has at least, where data are insufficient
          #indicator+level+node                    the node that decides on the level
          #indicator+level+likeliest+name          the likeliest level, where it is another
          #indicator+value+num+min, …+max          the ends of the score's range
          #indicator+probability+num               the probability that the range covers
          #indicator+error_unknown+num             the share of the weight with data whose error is not known
          #indicator+coverage+num                  the share of the framework's weight that has data, 0 to 1
          #indicator+change+num                    the trend
          #indicator+value+num+node+CODE           the score of an inner node; dots and hyphens of its code become underscores
          #date, #meta+framework                   when validity was measured, and the framework's version
        """;

    public static IReadOnlyList<ExportColumn<CountryRisk>> Of(IEnumerable<CountryRisk> risks) =>
        [
            new("country", "#country+code+v_iso3", risk => risk.Country),
            new("country_name", "#country+name", risk => risk.CountryName),
            ExportColumn<CountryRisk>.Whole("rank", "#indicator+rank+num", risk => risk.HasRank ? risk.Rank : null),
            ExportColumn<CountryRisk>.Number("score", "#indicator+value+num", risk => risk.HasScore ? risk.Score : null),
            new("data", "#indicator+data+state", risk => Data(risk.State)),
            new("level", "#indicator+level+name", risk => risk.Level),
            new("level_at_least", "#indicator+level+min+name", risk => risk.LevelAtLeast),
            new("deciding_node", "#indicator+level+node", risk => risk.DecidingNode),
            new("likeliest_level", "#indicator+level+likeliest+name", risk => risk.LikeliestLevel),
            ExportColumn<CountryRisk>.Number("lower", "#indicator+value+num+min", risk => risk.Interval?.Lower),
            ExportColumn<CountryRisk>.Number("upper", "#indicator+value+num+max", risk => risk.Interval?.Upper),
            ExportColumn<CountryRisk>.Number("range_probability", "#indicator+probability+num", risk => risk.Interval?.Probability),
            ExportColumn<CountryRisk>.Number("unknown_error_share", "#indicator+error_unknown+num", risk =>
                risk.HasUnknownErrorShare ? risk.UnknownErrorShare : null
            ),
            ExportColumn<CountryRisk>.Number("coverage", "#indicator+coverage+num", risk => risk.HasCoverage ? risk.Coverage : null),
            ExportColumn<CountryRisk>.Number("trend", "#indicator+change+num", risk => risk.HasTrend ? risk.Trend : null),
            new("at", "#date", risk => Time(risk.At)),
            new("framework", "#meta+framework", risk => risk.Framework),
            .. Nodes(risks),
        ];

    /// <summary>Whether data suffice, in a word.</summary>
    public static string Data(DataState state) => state == DataState.Sufficient ? "sufficient" : "insufficient";

    public static string Time(Google.Protobuf.WellKnownTypes.Timestamp? time) =>
        time?.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    // The index itself is the score.
    private static IEnumerable<ExportColumn<CountryRisk>> Nodes(IEnumerable<CountryRisk> risks) =>
        risks
            .SelectMany(risk => risk.Nodes)
            .Where(node => node.Depth > 0)
            .Select(node => node.Code)
            .Distinct()
            .Select(code =>
                ExportColumn<CountryRisk>.Number(code, $"#indicator+value+num+node+{ExportTable.Attribute(code)}", risk =>
                    risk.Nodes.FirstOrDefault(node => node.Code == code) is { HasScore: true } scored ? scored.Score : null
                )
            );
}

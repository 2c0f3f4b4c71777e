using System.Text.Json.Nodes;
using EarlyWarning.V1;
using Google.Protobuf;

namespace EarlyWarning.Cli.Exporting;

/// <summary>The columns of an exported history.</summary>
internal static class HistoryColumns
{
    public static readonly IReadOnlyList<ExportColumn<(string Country, RiskChange Change)>> All =
    [
        new("time", "#date", row => ScoreColumns.Time(row.Change.Time)),
        new("country", "#country+code+v_iso3", row => row.Country),
        ExportColumn<(string Country, RiskChange Change)>.Number("score", "#indicator+value+num", row =>
            row.Change.HasScore ? row.Change.Score : null
        ),
        new("data", "#indicator+data+state", row => ScoreColumns.Data(row.Change.State)),
        new("level", "#indicator+level+name", row => row.Change.Level),
        new("level_at_least", "#indicator+level+min+name", row => row.Change.LevelAtLeast),
        new("deciding_node", "#indicator+level+node", row => row.Change.DecidingNode),
        ExportColumn<(string Country, RiskChange Change)>.Number("coverage", "#indicator+coverage+num", row =>
            row.Change.HasCoverage ? row.Change.Coverage : null
        ),
        new("framework", "#meta+framework", row => row.Change.Framework),
    ];

    /// <summary>A change as proto JSON, with the country that it is of.</summary>
    public static string Json((string Country, RiskChange Change) row)
    {
        var change = JsonNode.Parse(JsonFormatter.Default.Format(row.Change))!.AsObject();
        change.Insert(0, "country", row.Country);
        return change.ToJsonString();
    }
}

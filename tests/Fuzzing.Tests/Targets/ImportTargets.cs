using EarlyWarning.Cli.Coinr.Tables;
using EarlyWarning.Cli.Frameworks;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.Cli.Thresholds;
using EarlyWarning.Fuzzing.Tests.Running;
using static EarlyWarning.Fuzzing.Tests.Running.BrokenPromiseException;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>Files that <c>ew</c> reads: tables, mappings, thresholds, models.</summary>
internal static class ImportTargets
{
    private const string Wide =
        "layout: wide\ncountry: {column: country, code: iso3}\ntime: {column: time}\nsource: fuzz\nmissing: [\"\", NA]\n";
    private const long RoomOfATable = 24 << 20;

    private static readonly string[] s_mappingWords =
    [
        "layout",
        "wide",
        "long",
        "delimiter",
        "decimal",
        "where",
        "repeated",
        "sum",
        "count",
        "country",
        "column",
        "code",
        "iso3",
        "cow",
        "name",
        "map",
        "formerly",
        "until",
        "time",
        "month",
        "day",
        "year",
        "date",
        "known-at",
        "source",
        "source_column",
        "indicators",
        "columns",
        "also",
        "except",
        "rename",
        "unit",
        "missing",
        "type = 1",
        "a not in [b, \"c\"]",
    ];

    private static readonly string[] s_tableWords =
    [
        "country",
        "indicator",
        "value",
        "observed_at",
        "source",
        "observation_id",
        "revision",
        "standard_error",
        "confidence",
        "unit",
        "horizon",
        "known-at",
        "time",
        "#country+code",
        "#value",
        "KEN",
        "SDN",
        "\"",
        "\"\"",
        "NA",
    ];

    private static readonly V1.Country[] s_countries =
    [
        new() { Code = "KEN", DisplayName = "Kenya" },
        new() { Code = "SDN", DisplayName = "Sudan" },
    ];

    public static IReadOnlyList<Target> All { get; } = [new("mapping-file", s_mappingWords, IsRefusal, input =>
        {
            var mapping = MappingFile.Read(Texts.File("mapping-file", "map.yaml", input));
            _ = new CountryKeys(mapping.Country, s_countries);
            _ = new CellReader(mapping);
            _ = TimeReader.Constant(mapping.Time);
            Lay(mapping, Texts.File("mapping-file", "table.csv", "country,time,x,y\nKEN,2020,1,2\n"u8));
        }) { Seeds = Texts.Seeds(Wide), BytesAtLeast = RoomOfATable }, new("observations-csv", s_tableWords, IsRefusal, input => Lay(new Mapping(), Texts.File("observations-csv", "table.csv", input))) { Seeds = Texts.Seeds("country,indicator,value,observed_at,source\nKEN,x,1.5,2024-01-01,desk\nSDN,y,2,2024-01-02T00:00:00Z,desk\n", "a;b;c\n#country+code;#indicator;#value\nKEN;x;1\n"), BytesAtLeast = RoomOfATable }, new("wide-csv", s_tableWords, IsRefusal, input => Lay(
                new Mapping
                {
                    Layout = Mapping.WideLayout,
                    Country = new() { Column = "country" },
                    Time = new() { Column = "time" },
                    Source = "fuzz",
                },
                Texts.File("wide-csv", "table.csv", input)
            )) { BytesAtLeast = RoomOfATable }, new("threshold-file", ["name", "displayName", "framework", "condition", "value", "severity", "for", "window", "id", "above", "level", "clear", "thresholds", "warning", "CONDITION_ABOVE", "7d"], IsRefusal, input =>
        {
            Unless(
                ThresholdFile.Read(Texts.File("threshold-file", "t.yaml", input)).All(threshold => threshold.Name.Length > 0),
                "a threshold has a name"
            );
        }) { Seeds = Texts.Seeds("id: high\nname: High\nframework: mini\nabove: 60\nfor: 7d\nseverity: warning\n") }, new("framework-choice", ["name", "displayName", "bands", "composite", "root", "children", "leaf", "weight", "logistic"], IsRefusal, input => _ = FrameworkArgument.Of(Texts.File("framework-choice", "f.json", input))) { Seeds = Texts.Seeds("""{"name": "frameworks/a", "displayName": "A", "bands": [{"level": "low", "lowerBound": 0}], "composite": {"root": {"code": "i", "weight": 1}}}""") }, new("logistic-file", ["variable", "weight", "(Intercept)", "NA"], IsRefusal, input => Unless(Now(LogisticFile.ReadAsync(Texts.File("logistic-file", "m.csv", input), "weight", null, default)).Weights.All(weight => double.IsFinite(weight.Weight) && double.IsFinite(weight.Rounding)), "weights are finite")) { Seeds = Texts.Seeds("variable,weight\n(Intercept),-3.25\nx,0.5\ny,1e-3\nz,NA\n"), BytesAtLeast = RoomOfATable }, new("units-file", ["country", "code", "uCode", ":se", "group:", "name"], IsRefusal, input => _ = Now(UnitsFile.ReadAsync(Texts.File("units-file", "u.csv", input), default))) { Seeds = Texts.Seeds("country,x,x:se,group:region\nKEN,1,0.1,east\nSDN,NA,,north\n"), BytesAtLeast = RoomOfATable }, new("coinr-tables", ["iCode", "iName", "Parent", "Direction", "Level", "Weight", "Type", "Indicator", "Aggregate", "Group", "Denominator", "uCode", "Time"], IsRefusal, input =>
        {
            var meta = Now(MetaTable.ReadAsync(Texts.File("coinr-tables", "meta.csv", input), "p.", default));
            var data = Now(DataTable.ReadAsync(Texts.File("coinr-tables", "data.csv", "uCode,x,y\nA,1,2\nB,2,4\n"u8), meta, null, default));
            _ = data.ToReferenceSet(meta.Indicators, "d");
        }) { Seeds = Texts.Seeds("Level,iCode,Parent,Direction,Type,Weight\n1,x,i,1,Indicator,1\n1,y,i,-1,Indicator,2\n2,i,,1,Aggregate," + "1\n"), BytesAtLeast = RoomOfATable }];

    /// <summary>Whether it is what <c>ew</c> says in a sentence of its own.</summary>
    public static bool IsRefusal(Exception exception) => exception is CliException { Message.Length: > 0 };

    // Reads as an import does, up to what would be sent.
    private static void Lay(Mapping mapping, string table)
    {
        using var csv = CsvSource.Open(table, mapping.Delimiter);
        CountryKeys countries = new(mapping.Country, s_countries);
        ILayout layout =
            mapping.Layout == Mapping.WideLayout
                ? new WideLayout(mapping, csv.Columns, countries)
                : new LongLayout(mapping, csv.Columns, countries);
        Tally tally = new(rejects: null);
        Now(
            Survey.ReadAsync(
                table,
                Finite(csv.ReadAsync(layout, new RowFilter(mapping, csv.Columns), tally, default)),
                layout,
                mapping.Repeated,
                tally
            )
        );
    }

    private static async IAsyncEnumerable<Item> Finite(IAsyncEnumerable<Item> items)
    {
        await foreach (var item in items)
        {
            Unless(item.IsMissing || double.IsFinite(item.Observation.Value), "what is sent is finite");
            _ = item.Observation.ObservedAt.ToDateTimeOffset();
            yield return item;
        }
    }

    // Files are read on the thread that asks.
    private static T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();
}

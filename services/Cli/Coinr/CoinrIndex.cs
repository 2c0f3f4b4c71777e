using System.CommandLine;
using EarlyWarning.Cli.Coinr.Tables;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Coinr;

/// <summary>
/// COINr's pair of files as a framework: the tree of iMeta over iData as the reference set, with the methods that were asked for.
/// </summary>
/// <param name="Meta">The hierarchy.</param>
/// <param name="Data">The table.</param>
/// <param name="Framework">The definition.</param>
/// <param name="Indicators">What it measures: indicators, then denominators.</param>
internal sealed record CoinrIndex(MetaTable Meta, DataTable Data, Framework Framework, IReadOnlyList<Indicator> Indicators)
{
    public static async Task<CoinrIndex> ReadAsync(
        ParseResult parse,
        CoinrOptions options,
        string id,
        string? displayName,
        CancellationToken cancellation
    )
    {
        var meta = await MetaTable.ReadAsync(parse.GetRequiredValue(options.IMeta), parse.GetValue(options.Prefix) ?? "", cancellation);
        var year = parse.GetValue(options.Year) is > 0 and var given ? given : (int?)null;
        var data = await DataTable.ReadAsync(parse.GetRequiredValue(options.IData), meta, year, cancellation);
        var choices = MethodChoices.Of(parse, options, meta);
        return new(
            meta,
            data,
            DefinitionOf(parse, options, meta, data, choices, id, displayName),
            [.. meta.Indicators.Concat(meta.Denominators).Select(IndicatorOf)]
        );
    }

    public FrameworkChoice AsChoice() => new() { Definition = Framework, Indicators = { Indicators } };

    private static Framework DefinitionOf(
        ParseResult parse,
        CoinrOptions options,
        MetaTable meta,
        DataTable data,
        MethodChoices choices,
        string id,
        string? displayName
    )
    {
        var root = new TreeBuilder(meta, choices).Build();
        var file = Path.GetFileName(parse.GetRequiredValue(options.IData));
        var divisors = parse.GetValue(options.Denominate)
            ? meta.Denominators.Where(row => meta.Indicators.Any(indicator => indicator.Denominator == row.ICode))
            : [];
        var framework = new Framework
        {
            Name = $"frameworks/{id}",
            DisplayName = displayName ?? meta.Root.Name,
            Description =
                $"Composite indicator of {meta.Indicators.Count} indicators over {data.Rows.Count} rows of {file}, in COINr's form. A "
                + $"direction of 1 is taken as more of it being more risk.",
            Composite = new()
            {
                Root = root,
                ReferenceSet = data.ToReferenceSet(meta.Indicators.Concat(divisors), file),
                Screening = choices.Screening,
            },
        };
        if (choices.NeedsScaleFromZero(root))
        {
            framework.Composite.ScaleFloor = 0;
        }

        framework.Bands.Add(
            parse.GetValue(options.Bands) is { } bands
                ? Frameworks.BandList.Parse(bands, "low=0,high=60")
                : Frameworks.BandList.Quarters(choices.ScaleOf(root))
        );
        return framework;
    }

    private static Indicator IndicatorOf(MetaRow row) =>
        new()
        {
            Code = row.Code,
            DisplayName = row.Name.Length > 200 ? row.Name[..200] : row.Name,
            Definition = $"{row.Name} ({row.ICode} of a COINr data set).",
            Unit = row.Unit.Length > 0 ? row.Unit : "not stated",
        };
}

using EarlyWarning.Cli.Coinr;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew coinr</c> and what is under it.</summary>
internal static class CoinrCommands
{
    private const string Methods = """
        The order is COINr's: denominate, impute, treat, normalise, aggregate. Numbers are COINr's too: each method keeps its own scale,
        units are sorted by uCode, a generalised mean has no score where a part is missing, and where iMeta has a method's columns they are
        taken (Target, dist2targ_cap_max; goalpost_lower, goalpost_upper, goalpost_scale, goalpost_trunc2posts; minmax_lower, minmax_upper;
        zscore_mean, zscore_sd; scaled_lower, scaled_upper, scale_factor). Codes become small letters: GDP is gdp in the suite.
        """;

    public static EwCommand Create() =>
        new(
            "coinr",
            "Takes over a composite indicator from the R package COINr.",
            "ew coinr construct --idata iData.csv --imeta iMeta.csv --denominate"
        )
        {
            CreateImport(),
            CreateConstruct(),
        };

    private static EwCommand CreateImport()
    {
        var options = new CoinrOptions();
        var id = CommonOptions.Text("--id", "id", "The framework's id: a-z, 0-9 and hyphen.");
        id.Required = true;
        var name = CommonOptions.Text("--name", "text", "The framework's name. Default: the index's.");
        var source = CommonOptions.Text("--source", "name", "The source of every observation. Default: the framework's id.");
        var rejects = CommonOptions.Text("--rejects", "file", "Write the rejected rows there, with the reason.");
        var patience = CommonOptions.Text("--patience", "span", "How long to go on trying while the suite takes nothing. Default: 10m.");
        var dryRun = CommonOptions.Flag("--dry-run", "Check the framework and read the values; change nothing.");
        var command = new EwCommand(
            "import",
            "Makes a framework of iData and iMeta, with its indicators, and records the values as history.",
            "ew coinr import --idata iData.csv --imeta iMeta.csv --id asem --denominate --treat",
            "ew coinr import --idata iData.csv --imeta iMeta.csv --id asem --normalise min-max --range 1:100 --aggregate "
                + "arithmetic,arithmetic,geometric"
        )
        {
            id,
            name,
            source,
            rejects,
            patience,
            dryRun,
        };
        Add(command, options);
        return command
            .Does(
                async (parse, context, cancellation) =>
                {
                    var frameworkId = parse.GetRequiredValue(id);
                    var index = await CoinrIndex.ReadAsync(parse, options, frameworkId, parse.GetValue(name), cancellation);
                    return await CoinrImport.RunAsync(
                        context,
                        index,
                        new(
                            parse.GetRequiredValue(options.IData),
                            parse.GetValue(source) ?? frameworkId,
                            parse.GetValue(options.Year) is > 0 and var year ? year : null,
                            parse.GetValue(rejects),
                            parse.GetValue(patience) is { } span ? TimeOptions.Span(span, "--patience") : TimeSpan.FromMinutes(10),
                            parse.GetValue(dryRun)
                        ),
                        cancellation
                    );
                }
            )
            .Explained(
                $"""
                {Methods}

                Units whose uCode is an ISO 3166-1 alpha-3 code get their values recorded, as of 31 December of their Time; others stay in
                the reference set alone, and count as rejected (exit code 4). Of a panel every year is recorded; with --year the reference
                set is that year's, without it the whole panel.
                """
            );
    }

    private static EwCommand CreateConstruct()
    {
        var options = new CoinrOptions();
        var stage = CommonOptions.Text("--stage", "name", $"One of {string.Join(", ", Stages.Names)}, all. Default: aggregated.");
        stage.AcceptOnlyFromAmong([.. Stages.Names, "all"]);
        var output = CommonOptions.Text(
            "--out",
            "folder",
            "Write each stage as a CSV file there. Default: -, one stage to standard " + "output."
        );
        var command = new EwCommand(
            "construct",
            "Computes an index as COINr would, and writes any stage as CSV. Changes nothing in the suite.",
            "ew coinr construct --idata iData.csv --imeta iMeta.csv --denominate --treat --stage all --out stages",
            "ew coinr construct --idata iData.csv --imeta iMeta.csv --denominate --treat-indicator Flights=log --treat-indicator "
                + "CO2=none > index.csv"
        )
        {
            stage,
            output,
        };
        Add(command, options);
        return command
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var which = parse.GetValue(stage) ?? "aggregated";
                    var folder = parse.GetValue(output) ?? CsvOutput.Standard;
                    if (which == "all" && folder == CsvOutput.Standard)
                    {
                        throw new CliException("--stage all needs a folder. Name one with --out.");
                    }

                    var index = await CoinrIndex.ReadAsync(parse, options, "coinr", null, cancellation);
                    var answer = await context.Suite.Scoring.ConstructIndexAsync(
                        new() { Framework = index.AsChoice() },
                        cancellationToken: cancellation
                    );
                    if (answer.ScreenedOut.Count > 0)
                    {
                        context.Print.Note($"ew: too little data, screened out: {string.Join(", ", answer.ScreenedOut)}");
                    }

                    return context.Show(answer, constructed =>
                        Write(context, new(index.Meta, index.Data.IsPanel, constructed), which == "all" ? Stages.Names : [which], folder)
                    );
                }
            )
            .Explained(
                $"""
                {Methods}

                Values are written so that they read back to the same bits; NA where there is none. Columns: uCode (and Time of a panel),
                indicators in iMeta's order, then aggregates level by level in the order of their codes, as COINr has them.
                """
            );
    }

    private static void Write(CommandContext context, Stages stages, string[] names, string folder)
    {
        if (folder == CsvOutput.Standard)
        {
            using var csv = new CsvOutput(folder, context.Terminal);
            stages.Write(names[0], csv);
            return;
        }

        Directory.CreateDirectory(folder);
        foreach (var name in names)
        {
            var path = Path.Combine(folder, $"{name}.csv");
            using (var csv = new CsvOutput(path, context.Terminal))
            {
                stages.Write(name, csv);
            }

            context.Print.Line(path);
        }
    }

    private static void Add(EwCommand command, CoinrOptions options)
    {
        foreach (var option in options.All)
        {
            command.Add(option);
        }
    }
}

using EarlyWarning.Cli.Coinr.Tables;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Coinr;

/// <summary>Where the values come from and how they are recorded.</summary>
internal sealed record CoinrValues(string File, string Source, int? Year, string? Rejects, TimeSpan Patience, bool DryRun);

/// <summary>Creates the framework of a COINr index and records the values that it was made of.</summary>
internal static class CoinrImport
{
    public static async Task<int> RunAsync(CommandContext context, CoinrIndex index, CoinrValues values, CancellationToken cancellation)
    {
        if (!index.Data.HasTime && values.Year is null)
        {
            throw new CliException($"{values.File} has no column Time. Say with --year of which year its values are.");
        }

        var created = await NewAsync(context, index, cancellation);
        var answer = await context.Suite.Catalogue.CreateFrameworkAsync(
            new()
            {
                Framework = index.Framework,
                Indicators = { created },
                ValidateOnly = values.DryRun,
            },
            cancellationToken: cancellation
        );
        context.Show(answer.Framework, kept =>
        {
            context.Print.Line(
                $"{(kept.Name.Length > 0 ? kept.Name : index.Framework.Name)}: {(values.DryRun ? "valid; nothing was changed" : "active")}"
            );
            context.Print.Line(
                $"{index.Meta.Indicators.Count} indicators under {index.Meta.Aggregates.Count} nodes, reference set of "
                    + $"{index.Data.Rows.Count} rows, "
                    + $"{created.Count} of {index.Indicators.Count} indicators {(values.DryRun ? "would be " : "")}created"
            );
            context.Print.Line(
                "levels "
                    + string.Join(", ", index.Framework.Bands.Select(band => $"{band.Level} from {DisplayText.Figure(band.LowerBound)}"))
            );
        });
        return await Import.RunAsync(
            context,
            new(
                values.File,
                MappingOf(index, values),
                Backfill: true,
                values.DryRun,
                values.Rejects,
                values.Patience,
                CreateIndicators: false
            )
            {
                // What a dry run did not create, the suite cannot check values of.
                ReadsOnly = values.DryRun && created.Count > 0,
            },
            cancellation
        );
    }

    // The same code with another unit would mix what two sets measure.
    private static async Task<List<Indicator>> NewAsync(CommandContext context, CoinrIndex index, CancellationToken cancellation)
    {
        var known = await KnownIndicators.ReadAsync(context.Suite, cancellation);
        foreach (var indicator in index.Indicators)
        {
            if (known.TryGetValue(indicator.Code, out var there) && there.Unit != indicator.Unit)
            {
                throw new CliException(
                    $"the suite has an indicator '{indicator.Code}' in '{there.Unit}' ({there.DisplayName}), and iMeta has it in "
                        + $"'{indicator.Unit}'. Keep them apart with --prefix, such as --prefix asem."
                );
            }
        }

        return [.. index.Indicators.Where(indicator => !known.ContainsKey(indicator.Code))];
    }

    private static Mapping MappingOf(CoinrIndex index, CoinrValues values)
    {
        var time = index.Data.HasTime ? new Mapping.TimeMapping { Column = "Time" } : new Mapping.TimeMapping { Year = values.Year };
        MetaRow[] measured = [.. index.Meta.Indicators.Concat(index.Meta.Denominators)];
        return new()
        {
            Layout = Mapping.WideLayout,
            Country = new() { Column = "uCode" },
            Time = time,
            KnownAt = time,
            Source = values.Source,
            Indicators = new()
            {
                Columns = [.. measured.Select(row => row.ICode)],
                Rename = measured.ToDictionary(row => row.ICode, row => row.Code),
            },
        };
    }
}

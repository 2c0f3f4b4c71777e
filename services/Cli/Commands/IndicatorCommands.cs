using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew indicators</c> and what is under it.</summary>
internal static class IndicatorCommands
{
    private const int LargestPage = 1000;

    public static EwCommand Create()
    {
        var limit = CommonOptions.LimitOfAll();
        return new EwCommand(
            "indicators",
            "Lists the indicators; shows or creates one.",
            "ew indicators",
            "ew indicators get displacement --json",
            "ew indicators create deaths --name \"Deaths in fighting\" --unit deaths --minimum 0"
        )
        {
            limit,
            CreateGet(),
            CreateNew(),
        }.Does((parse, context, cancellation) => ListAsync(context, parse.GetValue(limit), cancellation));
    }

    private static EwCommand CreateGet()
    {
        var code = CommonOptions.Id("code", "The indicator's code.");
        return new EwCommand("get", "Shows an indicator with its definition.", "ew indicators get displacement") { code }.Does(
            async (parse, context, cancellation) =>
            {
                var wanted = parse.GetRequiredValue(code);
                var known = await KnownIndicators.ReadAsync(context.Suite, cancellation);
                var indicator = known.GetValueOrDefault(wanted)
                    ?? throw new CliException($"the suite has no indicator '{wanted}'. `ew indicators` lists them.", ExitCode.Failed);
                return context.Show(indicator, one =>
                {
                    context.Print.Line($"{one.Code}: {one.DisplayName}");
                    context.Print.Line($"unit {one.Unit}, {RangeOf(one)}");
                    context.Print.Line(one.Definition);
                    foreach (var anchor in one.Anchors)
                    {
                        context.Print.Line(FormattableString.Invariant($"  {anchor.Value:R}  {anchor.Meaning}"));
                    }

                    if (one.Evidence.Length > 0)
                    {
                        context.Print.Line($"evidence: {one.Evidence}");
                    }
                });
            }
        );
    }

    private static EwCommand CreateNew()
    {
        var code = CommonOptions.Id("code", "The code: 1 to 64 of a-z, 0-9, dot, hyphen and underscore, starting with a letter.");
        var name = Needed("--name", "text", "Its name for people.");
        var unit = Needed("--unit", "unit", "The unit of every value. It never changes once a value is recorded.");
        var definition = CommonOptions.Text("--definition", "text", "What is measured or judged.");
        var evidence = CommonOptions.Text("--evidence", "text", "What counts as evidence for a value.");
        var minimum = CommonOptions.Text("--minimum", "number", "The lowest valid value. Default: no limit.");
        var maximum = CommonOptions.Text("--maximum", "number", "The highest valid value. Default: no limit.");
        var dryRun = CommonOptions.Flag("--dry-run", "Check it and create nothing.");
        return new EwCommand(
            "create",
            "Creates an indicator.",
            "ew indicators create deaths --name \"Deaths in fighting\" --unit deaths --minimum 0"
        )
        {
            code,
            name,
            unit,
            definition,
            evidence,
            minimum,
            maximum,
            dryRun,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var indicator = new Indicator
                {
                    Code = parse.GetRequiredValue(code),
                    DisplayName = parse.GetRequiredValue(name),
                    Unit = parse.GetRequiredValue(unit),
                    Definition = parse.GetValue(definition) ?? "",
                    Evidence = parse.GetValue(evidence) ?? "",
                };
                if (parse.GetValue(minimum) is { } least)
                {
                    indicator.Minimum = CommonOptions.Figure(least, "--minimum");
                }

                if (parse.GetValue(maximum) is { } most)
                {
                    indicator.Maximum = CommonOptions.Figure(most, "--maximum");
                }

                var answer = await context.Suite.Catalogue.CreateIndicatorsAsync(
                    new() { Indicators = { indicator }, ValidateOnly = parse.GetValue(dryRun) },
                    cancellationToken: cancellation
                );
                var created = answer.Indicators.FirstOrDefault() ?? indicator;
                return context.Show(created, one =>
                    context.Print.Line(parse.GetValue(dryRun) ? $"{one.Code}: valid; nothing was created" : $"{one.Code}: created")
                );
            }
        );
    }

    private static async Task<int> ListAsync(CommandContext context, int limit, CancellationToken cancellation)
    {
        var indicators = await Pages.ShownAsync<Indicator>(context.Print, limit, LargestPage, async (size, token) =>
        {
            var page = await context.Suite.Catalogue.ListIndicatorsAsync(
                new() { PageSize = size, PageToken = token },
                cancellationToken: cancellation
            );
            return (page.Indicators, page.NextPageToken);
        });
        if (context.Print.Json)
        {
            context.Print.Objects(indicators);
            return ExitCode.Ok;
        }

        context.Print.Table(
            ["code", "name", "unit", "range"],
            indicators.Select(one => new Cell[] { one.Code, one.DisplayName, one.Unit, RangeOf(one) })
        );
        return ExitCode.Ok;
    }

    private static Option<string> Needed(string name, string helpName, string description)
    {
        var option = CommonOptions.Text(name, helpName, description);
        option.Required = true;
        return option;
    }

    private static string RangeOf(Indicator one) =>
        (one.HasMinimum, one.HasMaximum) switch
        {
            (true, true) => $"{DisplayText.Figure(one.Minimum)} to {DisplayText.Figure(one.Maximum)}",
            (true, false) => $"{DisplayText.Figure(one.Minimum)} or more",
            (false, true) => $"{DisplayText.Figure(one.Maximum)} or less",
            _ => "any value",
        };
}

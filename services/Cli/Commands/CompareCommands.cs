using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew compare</c> and <c>ew rebase</c>: what another version does to the ranking.</summary>
internal static class CompareCommands
{
    /// <summary>How many countries are shown unless it is said otherwise.</summary>
    public const int Shown = 20;

    public static EwCommand CreateCompare()
    {
        var before = CommonOptions.Id("before", $"What is compared from: {FrameworkArgument.Form}.");
        var to = CommonOptions.Id("after", "What is compared to.");
        var at = CommonOptions.At();
        var asOf = CommonOptions.AsOf();
        var top = CommonOptions.Number("--top", $"Show the n countries that shift most. Default: {Shown}.");
        var after = AfterOption.Create();
        var detach = Detaching.Create();
        return new EwCommand(
            "compare",
            "Compares two framework versions over all countries.",
            "ew compare atrocity-crimes/versions/1 atrocity-crimes/versions/2",
            "ew compare asem draft.yaml --top 10"
        )
        {
            before,
            to,
            at,
            asOf,
            top,
            after,
            detach,
        }
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var request = new CompareFrameworksRequest
                    {
                        Before = FrameworkArgument.Of(parse.GetRequiredValue(before)),
                        After = FrameworkArgument.Of(parse.GetRequiredValue(to)),
                        At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
                        AsOf = TimeOptions.Past(parse.GetValue(asOf), "--as-of", context.Terminal.Time),
                        MinimumRevisions = { AfterOption.Read(parse, after) },
                    };
                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(context, new() { CompareFrameworks = request }, cancellation);
                    }

                    var answer = await context.Suite.Scoring.CompareFrameworksAsync(request, cancellationToken: cancellation);
                    return context.Show(answer, compared =>
                        Print(context.Print, compared, parse.GetValue(top) is > 0 and var n ? n : Shown)
                    );
                }
            );
    }

    public static void Print(Printer print, CompareFrameworksResponse compared, int most)
    {
        Differences.Print(print, compared.Difference, most);
        Computed.Print(print, compared.Computation);
    }

    public static EwCommand CreateRebase()
    {
        var framework = CommonOptions.Id("framework", "The framework's id.");
        var at = CommonOptions.Text("--at", "time", "The moment whose values become the reference set, such as 2021-12-31. Default: now.");
        var countries = CommonOptions.CountryList();
        var reason = CommonOptions.Text("--reason", "text", "Why, for the record.");
        var top = CommonOptions.Number("--top", $"Show the n countries that shift most. Default: {Shown}.");
        var dryRun = CommonOptions.Flag("--dry-run", "Say what it would change, and change nothing.");
        var after = AfterOption.Create();
        return new EwCommand(
            "rebase",
            "Takes the countries' values of a moment as a framework's new reference set: its next version.",
            "ew rebase asem --at 2025-12-31 --reason \"Yearly re-basing\" --dry-run"
        )
        {
            framework,
            at,
            countries,
            reason,
            top,
            dryRun,
            after,
        }
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var name = NameCompletion.Of("frameworks", parse.GetRequiredValue(framework));
                    var answer = await context.Suite.Scoring.RebaseFrameworkAsync(
                        new()
                        {
                            Name = name,
                            At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
                            Countries = { CommonOptions.Countries(parse.GetValue(countries)) },
                            Description = parse.GetValue(reason) ?? "",
                            ValidateOnly = parse.GetValue(dryRun),
                            MinimumRevisions = { AfterOption.Read(parse, after) },
                        },
                        cancellationToken: cancellation
                    );
                    return context.Show(answer, rebased =>
                    {
                        var units = rebased.Framework?.Composite?.ReferenceSet?.Units.Count ?? 0;
                        context.Print.Line(
                            parse.GetValue(dryRun)
                                ? $"{name}: would stand on {units} countries; nothing was changed"
                                : $"{rebased.Framework?.Name}: active, on {units} countries"
                        );
                        Differences.Print(context.Print, rebased.Difference, parse.GetValue(top) is > 0 and var n ? n : Shown);
                        Computed.Print(context.Print, rebased.Computation);
                    });
                }
            );
    }
}

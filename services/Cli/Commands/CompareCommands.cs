using EarlyWarning.Cli.Connection;
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
        var before = Shared.Id("before", $"What is compared from: {FrameworkChoices.Form}.");
        var to = Shared.Id("after", "What is compared to.");
        var at = Shared.At();
        var asOf = Shared.AsOf();
        var top = Shared.Number("--top", $"Show the n countries that shift most. Default: {Shown}.");
        var after = After.Create();
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
                async (parse, session, cancellation) =>
                {
                    var request = new CompareFrameworksRequest
                    {
                        Before = FrameworkChoices.Of(parse.GetRequiredValue(before)),
                        After = FrameworkChoices.Of(parse.GetRequiredValue(to)),
                        At = Moments.Past(parse.GetValue(at), "--at", session.Terminal.Time),
                        AsOf = Moments.Past(parse.GetValue(asOf), "--as-of", session.Terminal.Time),
                        MinimumRevisions = { After.Read(parse, after) },
                    };
                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(session, new() { CompareFrameworks = request }, cancellation);
                    }

                    var answer = await session.Suite.Scoring.CompareFrameworksAsync(request, cancellationToken: cancellation);
                    return session.Show(answer, compared =>
                        Print(session.Print, compared, parse.GetValue(top) is > 0 and var n ? n : Shown)
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
        var framework = Shared.Id("framework", "The framework's id.");
        var at = Shared.Text("--at", "time", "The moment whose values become the reference set, such as 2021-12-31. Default: now.");
        var countries = Shared.CountryList();
        var reason = Shared.Text("--reason", "text", "Why, for the record.");
        var top = Shared.Number("--top", $"Show the n countries that shift most. Default: {Shown}.");
        var dryRun = Shared.Flag("--dry-run", "Say what it would change, and change nothing.");
        var after = After.Create();
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
                async (parse, session, cancellation) =>
                {
                    var name = Names.Of("frameworks", parse.GetRequiredValue(framework));
                    var answer = await session.Suite.Scoring.RebaseFrameworkAsync(
                        new()
                        {
                            Name = name,
                            At = Moments.Past(parse.GetValue(at), "--at", session.Terminal.Time),
                            Countries = { Shared.Countries(parse.GetValue(countries)) },
                            Description = parse.GetValue(reason) ?? "",
                            ValidateOnly = parse.GetValue(dryRun),
                            MinimumRevisions = { After.Read(parse, after) },
                        },
                        cancellationToken: cancellation
                    );
                    return session.Show(answer, rebased =>
                    {
                        var units = rebased.Framework?.Composite?.ReferenceSet?.Units.Count ?? 0;
                        session.Print.Line(
                            parse.GetValue(dryRun)
                                ? $"{name}: would stand on {units} countries; nothing was changed"
                                : $"{rebased.Framework?.Name}: active, on {units} countries"
                        );
                        Differences.Print(session.Print, rebased.Difference, parse.GetValue(top) is > 0 and var n ? n : Shown);
                        Computed.Print(session.Print, rebased.Computation);
                    });
                }
            );
    }
}

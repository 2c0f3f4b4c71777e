using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew observe</c>.</summary>
internal static class ObserveCommand
{
    public static EwCommand Create()
    {
        var country = Needed("--country", "code", "The country's ISO 3166-1 alpha-3 code.");
        var indicator = Needed("--indicator", "code", "The indicator's code.");
        var value = Needed("--value", "number", "The value in the indicator's unit.");
        var source = Needed("--source", "name", "Who observed.");
        var observedAt = Shared.Text("--observed-at", "time", "When the value held. Default: now.");
        var id = Shared.Text("--id", "text", "The sender's own id. Default: derived by the suite.");
        var revision = Shared.Text("--revision", "n", "Orders corrections: the highest is current. Default: 0.");
        var standardError = Shared.Text("--standard-error", "number", "The value's standard error.");
        var confidence = Shared.Text("--confidence", "share", "The source's confidence, above 0 and up to 1.");
        var unit = Shared.Text("--unit", "unit", "The unit that you mean; refused where the indicator has another.");
        var horizon = Shared.Text("--horizon", "span", "How far ahead a forecast lies, such as 90d.");
        var knownAt = Shared.Text("--known-at", "time", "When the world could know it; only with --backfill.");
        var backfill = Shared.Flag("--backfill", "Record it as history, which never starts or ends a warning.");
        var dryRun = Shared.Flag("--dry-run", "Check everything and record nothing.");
        return new EwCommand(
            "observe",
            "Records one observation.",
            "ew observe --country SDN --indicator displacement --value 1200 --source field-office"
        )
        {
            country,
            indicator,
            value,
            source,
            observedAt,
            id,
            revision,
            standardError,
            confidence,
            unit,
            horizon,
            knownAt,
            backfill,
            dryRun,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var time = session.Terminal.Time;
                var observation = new Observation
                {
                    ObservationId = parse.GetValue(id) ?? "",
                    Country = Names.Country(parse.GetRequiredValue(country)),
                    Indicator = parse.GetRequiredValue(indicator),
                    Value = Shared.Figure(parse.GetRequiredValue(value), "--value"),
                    Source = parse.GetRequiredValue(source),
                    ObservedAt = Moments.Past(parse.GetValue(observedAt), "--observed-at", time)
                        ?? Timestamp.FromDateTimeOffset(time.GetUtcNow()),
                    KnownAt = Moments.Past(parse.GetValue(knownAt), "--known-at", time),
                    Unit = parse.GetValue(unit) ?? "",
                    Revision = parse.GetValue(revision) is { } r ? Shared.Whole(r, "--revision") : 0,
                    Horizon = parse.GetValue(horizon) is { } h ? Duration.FromTimeSpan(Moments.Span(h, "--horizon")) : null,
                };
                if (parse.GetValue(standardError) is not null && parse.GetValue(confidence) is not null)
                {
                    throw new CliException("a value has --standard-error or --confidence, not both.");
                }

                if (parse.GetValue(standardError) is { } error)
                {
                    observation.StandardError = Shared.Figure(error, "--standard-error");
                }

                if (parse.GetValue(confidence) is { } share)
                {
                    observation.Confidence = Shared.Figure(share, "--confidence");
                }

                var answer = await session.Suite.Observations.RecordObservationAsync(
                    new()
                    {
                        Observation = observation,
                        Backfill = parse.GetValue(backfill),
                        ValidateOnly = parse.GetValue(dryRun),
                    },
                    cancellationToken: cancellation
                );
                return session.Show(answer, a =>
                    session.Print.Line(
                        parse.GetValue(dryRun)
                            ? "valid; nothing was recorded"
                            : $"{Wording.Label(a.Outcome)} as {a.ObservationId}, revision {a.Revision}"
                    )
                );
            }
        );
    }

    private static Option<string> Needed(string name, string helpName, string description)
    {
        var option = Shared.Text(name, helpName, description);
        option.Required = true;
        return option;
    }
}

using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
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
        var observedAt = CommonOptions.Text("--observed-at", "time", "When the value held. Default: now.");
        var id = CommonOptions.Text("--id", "text", "The sender's own id. Default: derived by the suite.");
        var revision = CommonOptions.Text("--revision", "n", "Orders corrections: the highest is current. Default: 0.");
        var standardError = CommonOptions.Text("--standard-error", "number", "The value's standard error.");
        var confidence = CommonOptions.Text("--confidence", "share", "The source's confidence, above 0 and up to 1.");
        var unit = CommonOptions.Text("--unit", "unit", "The unit that you mean; refused where the indicator has another.");
        var horizon = CommonOptions.Text("--horizon", "span", "How far ahead a forecast lies, such as 90d.");
        var knownAt = CommonOptions.Text("--known-at", "time", "When the world could know it; only with --backfill.");
        var backfill = CommonOptions.Flag("--backfill", "Record it as history, which never starts or ends a warning.");
        var dryRun = CommonOptions.Flag("--dry-run", "Check everything and record nothing.");
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
            async (parse, context, cancellation) =>
            {
                var time = context.Terminal.Time;
                var observation = new Observation
                {
                    ObservationId = parse.GetValue(id) ?? "",
                    Country = NameCompletion.Country(parse.GetRequiredValue(country)),
                    Indicator = parse.GetRequiredValue(indicator),
                    Value = CommonOptions.Figure(parse.GetRequiredValue(value), "--value"),
                    Source = parse.GetRequiredValue(source),
                    ObservedAt = TimeOptions.Past(parse.GetValue(observedAt), "--observed-at", time)
                        ?? Timestamp.FromDateTimeOffset(time.GetUtcNow()),
                    KnownAt = TimeOptions.Past(parse.GetValue(knownAt), "--known-at", time),
                    Unit = parse.GetValue(unit) ?? "",
                    Revision = parse.GetValue(revision) is { } r ? CommonOptions.Whole(r, "--revision") : 0,
                    Horizon = parse.GetValue(horizon) is { } h ? Duration.FromTimeSpan(TimeOptions.Span(h, "--horizon")) : null,
                };
                if (parse.GetValue(standardError) is not null && parse.GetValue(confidence) is not null)
                {
                    throw new CliException("a value has --standard-error or --confidence, not both.");
                }

                if (parse.GetValue(standardError) is { } error)
                {
                    observation.StandardError = CommonOptions.Figure(error, "--standard-error");
                }

                if (parse.GetValue(confidence) is { } share)
                {
                    observation.Confidence = CommonOptions.Figure(share, "--confidence");
                }

                var answer = await context.Suite.Observations.RecordObservationAsync(
                    new()
                    {
                        Observation = observation,
                        Backfill = parse.GetValue(backfill),
                        ValidateOnly = parse.GetValue(dryRun),
                    },
                    cancellationToken: cancellation
                );
                return context.Show(answer, a =>
                    context.Print.Line(
                        parse.GetValue(dryRun)
                            ? "valid; nothing was recorded"
                            : $"{DisplayText.Label(a.Outcome)} as {a.ObservationId}, revision {a.Revision}"
                    )
                );
            }
        );
    }

    private static Option<string> Needed(string name, string helpName, string description)
    {
        var option = CommonOptions.Text(name, helpName, description);
        option.Required = true;
        return option;
    }
}

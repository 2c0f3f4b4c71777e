using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew explain</c>.</summary>
internal static class ExplainCommand
{
    public static EwCommand Create()
    {
        var country = Shared.Country();
        var framework = Shared.Framework();
        var at = Shared.At();
        var asOf = Shared.AsOf();
        var exact = new ExactExplanation();
        var since = Shared.Text("--since", "time", "Add what moved the score since then, such as 30d or 2026-01-01.");
        var after = After.Create();
        return new EwCommand(
            "explain",
            "Explains a country's score: what each indicator adds, from which observation, and what moved it.",
            "ew explain SDN --since 30d",
            "ew explain SDN --exact --baseline reference-mean",
            "ew explain SDN --values values.csv --framework atrocity-crimes"
        )
        {
            country,
            framework,
            at,
            asOf,
            since,
            exact.Flag,
            exact.Baseline,
            exact.Values,
            after,
        }
            .Does(
                async (parse, session, cancellation) =>
                {
                    if (exact.IsAsked(parse))
                    {
                        return await exact.ExplainAsync(parse, country, framework, at, after, [asOf, since], session, cancellation);
                    }

                    var code = Names.Country(parse.GetRequiredValue(country));
                    var parent = await Shared.FrameworkAsync(parse, framework, session, cancellation);
                    var answer = await session.Suite.Risks.ExplainCountryRiskAsync(
                        new()
                        {
                            Name = Names.Risk(parent, code),
                            At = Moments.Past(parse.GetValue(at), "--at", session.Terminal.Time),
                            AsOf = Moments.Past(parse.GetValue(asOf), "--as-of", session.Terminal.Time),
                            Since = Moments.Past(parse.GetValue(since), "--since", session.Terminal.Time),
                            MinimumRevision = After.Of(parse, after, code)(code),
                        },
                        cancellationToken: cancellation
                    );
                    return session.Show(answer, explanation => Print(session.Print, explanation));
                }
            )
            .Explained(
                """
                With --exact the contributions are Shapley values within each node, composed down the tree, whatever the aggregation; they sum to the
                score. It adds the nodes and the nearest change of one indicator that would lower the level. With --values the row of a CSV file is
                explained instead of a country as it is; the country is then any code of the file.
                """
            );
    }

    /// <summary>What moved a score, as a table.</summary>
    public static void PrintMovements(Printer print, IEnumerable<Movement> movements) =>
        print.Table(
            [Column.Figure("moved by"), "indicator", Column.Figure("before"), Column.Figure("after"), "unit", "observations"],
            movements.Select(movement =>
                new Cell[]
                {
                    movement.HasAmount ? Wording.Signed(movement.Amount) : Wording.None,
                    movement.DisplayName.Length > 0 ? movement.DisplayName : movement.Indicator,
                    Wording.Figure(movement.HasValueBefore, movement.ValueBefore),
                    Wording.Figure(movement.HasValueAfter, movement.ValueAfter),
                    movement.Unit,
                    movement.ObservationIds.Count > 0 ? string.Join(' ', movement.ObservationIds)
                    : movement.HasValueBefore && !movement.HasValueAfter ? "its validity ended"
                    : Wording.None,
                }
            )
        );

    private static void Print(Printer print, ExplainCountryRiskResponse explanation)
    {
        ShowCommand.PrintHead(print, explanation.Risk);
        print.Line(explanation.Sentence);
        print.Line();
        print.Line($"from {Wording.Figure(explanation.Baseline)}: {explanation.BaselineDescription}");
        print.Table(
            [Column.Figure("adds"), "indicator", Column.Figure("value"), "unit", "source", "observed", "valid until", "note"],
            explanation.Contributions.Select(RowOf)
        );
        Parts.PrintRest(print, explanation.FromMissing, explanation.FromUncertainty);

        if (explanation.Movements.Count > 0)
        {
            print.Line();
            PrintMovements(print, explanation.Movements);
        }
    }

    private static Cell[] RowOf(Contribution contribution) =>
        [
            Wording.Signed(contribution.Amount),
            contribution.DisplayName.Length > 0 ? contribution.DisplayName : contribution.Indicator,
            Wording.Figure(contribution.HasValue, contribution.Value) + ErrorOf(contribution),
            contribution.Unit,
            contribution.Source,
            Wording.Moment(contribution.ObservedAt),
            Wording.Moment(contribution.ValidUntil),
            NoteOf(contribution),
        ];

    private static string ErrorOf(Contribution contribution) =>
        !contribution.HasValue ? ""
        : !contribution.HasStandardError ? " ±?"
        : contribution.StandardError > 0 ? $" ±{Wording.Figure(contribution.StandardError)}"
        : "";

    private static Cell NoteOf(Contribution contribution) =>
        contribution.Stale ? new Cell("stale", Tone.Warn)
        : !contribution.HasValue ? new Cell("no data", Tone.Warn)
        : contribution.SourcesSetAside.Count > 0
            ? $"set aside: {string.Join(", ", contribution.SourcesSetAside)} (spread {Wording.Figure(contribution.Spread)})"
        : "";
}

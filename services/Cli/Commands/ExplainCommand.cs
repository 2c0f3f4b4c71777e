using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew explain</c>.</summary>
internal static class ExplainCommand
{
    public static EwCommand Create()
    {
        var country = CommonOptions.Country();
        var framework = CommonOptions.Framework();
        var at = CommonOptions.At();
        var asOf = CommonOptions.AsOf();
        var exact = new ExactExplanation();
        var since = CommonOptions.Text("--since", "time", "Add what moved the score since then, such as 30d or 2026-01-01.");
        var after = AfterOption.Create();
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
                async (parse, context, cancellation) =>
                {
                    if (exact.IsAsked(parse))
                    {
                        return await exact.ExplainAsync(parse, country, framework, at, after, [asOf, since], context, cancellation);
                    }

                    var code = NameCompletion.Country(parse.GetRequiredValue(country));
                    var parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation);
                    var answer = await context.Suite.Risks.ExplainCountryRiskAsync(
                        new()
                        {
                            Name = NameCompletion.Risk(parent, code),
                            At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
                            AsOf = TimeOptions.Past(parse.GetValue(asOf), "--as-of", context.Terminal.Time),
                            Since = TimeOptions.Past(parse.GetValue(since), "--since", context.Terminal.Time),
                            MinimumRevision = AfterOption.Of(parse, after, code)(code),
                        },
                        cancellationToken: cancellation
                    );
                    return context.Show(answer, explanation => Print(context.Print, explanation));
                }
            )
            .Explained(
                """
                With --exact the contributions are Shapley values within each node, composed down the tree, whatever the aggregation; they
                sum to the score. It adds the nodes and the nearest change of one indicator that would lower the level. With --values the
                row of a CSV file is explained instead of a country as it is; the country is then any code of the file.
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
                    movement.HasAmount ? DisplayText.Signed(movement.Amount) : DisplayText.None,
                    movement.DisplayName.Length > 0 ? movement.DisplayName : movement.Indicator,
                    DisplayText.Figure(movement.HasValueBefore, movement.ValueBefore),
                    DisplayText.Figure(movement.HasValueAfter, movement.ValueAfter),
                    movement.Unit,
                    movement.ObservationIds.Count > 0 ? string.Join(' ', movement.ObservationIds)
                    : movement.HasValueBefore && !movement.HasValueAfter ? "its validity ended"
                    : DisplayText.None,
                }
            )
        );

    public static void Print(Printer print, ExplainCountryRiskResponse explanation)
    {
        ShowCommand.PrintHead(print, explanation.Risk);
        print.Line(explanation.Sentence);
        print.Line();
        print.Line($"from {DisplayText.Figure(explanation.Baseline)}: {explanation.BaselineDescription}");
        print.Table(
            [Column.Figure("adds"), "indicator", Column.Figure("value"), "unit", "source", "observed", "valid until", "note"],
            explanation.Contributions.Select(RowOf)
        );
        ExplanationText.PrintRest(print, explanation.FromMissing, explanation.FromUncertainty);

        if (explanation.Movements.Count > 0)
        {
            print.Line();
            PrintMovements(print, explanation.Movements);
        }
    }

    private static Cell[] RowOf(Contribution contribution) =>
        [
            DisplayText.Signed(contribution.Amount),
            contribution.DisplayName.Length > 0 ? contribution.DisplayName : contribution.Indicator,
            DisplayText.Figure(contribution.HasValue, contribution.Value) + ErrorOf(contribution),
            contribution.Unit,
            contribution.Source,
            DisplayText.Moment(contribution.ObservedAt),
            DisplayText.Moment(contribution.ValidUntil),
            NoteOf(contribution),
        ];

    private static string ErrorOf(Contribution contribution) =>
        !contribution.HasValue ? ""
        : !contribution.HasStandardError ? " ±?"
        : contribution.StandardError > 0 ? $" ±{DisplayText.Figure(contribution.StandardError)}"
        : "";

    private static Cell NoteOf(Contribution contribution) =>
        contribution.Stale ? new Cell("stale", Tone.Warn)
        : !contribution.HasValue ? new Cell("no data", Tone.Warn)
        : contribution.SourcesSetAside.Count > 0
            ? $"set aside: {string.Join(", ", contribution.SourcesSetAside)} (spread {DisplayText.Figure(contribution.Spread)})"
        : "";
}

using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Puts data and outcomes together.</summary>
/// <param name="rows">The data.</param>
/// <param name="outcomes">What happened.</param>
/// <param name="definition">The request's outcome.</param>
internal sealed class LabelledPanels(TrainingRows rows, OutcomeSet outcomes, V1.OutcomeDefinition definition)
{
    private const string Listed = "outcome";
    private readonly OutcomeHorizons _horizons = new(rows.Times, OutcomeReader.Horizon(definition));

    /// <summary>What happened.</summary>
    public OutcomeSet Outcomes => outcomes;

    /// <summary>Which columns tell of outcomes.</summary>
    private OutcomeColumns Columns =>
        new(definition.Indicator.Length > 0 ? definition.Indicator : Listed, [.. definition.RelatedIndicators]);

    /// <summary>Every row with the outcome that is known now.</summary>
    public Panel Whole() => Make(rows.Rows.Select(row => Label(row, DateTimeOffset.MaxValue)));

    /// <summary>
    /// The rows up to a period as they were at its moment: earlier ones with the outcomes that were known then. Its own rows carry what
    /// came, by which forecasts of them are judged.
    /// </summary>
    public Panel At(int period) =>
        Make(
            rows.Rows.Where(row => row.Period <= period)
                .Select(row => Label(row, row.Period < period ? rows.Times[period] : DateTimeOffset.MaxValue))
        );

    /// <summary>When an event counts.</summary>
    public OutcomeHorizons Horizons => _horizons;

    /// <summary>
    /// Refuses a predictor that knows the outcome, by everything that is known now: the outcome as it is foretold and, where its horizon is
    /// longer than a period, what came from one period to the next.
    /// </summary>
    /// <exception cref="LeakedColumnException">A predictor gives the outcome away.</exception>
    public void CheckLeaks(FeatureDesign design)
    {
        LeakGuard.Check(Table(Whole()), design);
        if (_horizons.Lead > 1)
        {
            LeakGuard.Check(Table(Make(rows.Rows.Where(row => row.Period + 1 < rows.Times.Count).Select(Step))), design);
        }

        static TrainingTable Table(Panel panel) =>
            panel.ToTrainingTable(MeanImputation.Fit(panel.Columns, panel.Rows.Select(row => row.Values)));
    }

    private PanelRow Step(CountryPeriod row) =>
        new(
            row.Country,
            row.Period,
            row.Values,
            outcomes.Of(row.Country, new(rows.Times[row.Period], rows.Times[row.Period + 1]), DateTimeOffset.MaxValue)
        );

    private PanelRow Label(CountryPeriod row, DateTimeOffset asOf) =>
        new(row.Country, row.Period, row.Values, outcomes.Of(row.Country, _horizons.Window(row.Period), asOf));

    private Panel Make(IEnumerable<PanelRow> labelled) => new(Columns, _horizons.Lead, rows.Predictors, labelled);
}

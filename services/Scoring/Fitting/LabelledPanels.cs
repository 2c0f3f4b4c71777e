using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Puts data and outcomes together.</summary>
/// <param name="rows">The data.</param>
/// <param name="outcomes">What happened.</param>
/// <param name="definition">The request's outcome.</param>
internal sealed class LabelledPanels(TrainingRows rows, Outcomes outcomes, V1.OutcomeDefinition definition)
{
    private const string Listed = "outcome";
    private readonly OutcomeHorizons _horizons = new(rows.Times, OutcomeReader.Horizon(definition));

    /// <summary>What happened.</summary>
    public Outcomes Outcomes => outcomes;

    /// <summary>Which columns tell of outcomes.</summary>
    private OutcomeColumns Columns => new(
        definition.Indicator.Length > 0 ? definition.Indicator : Listed, [.. definition.RelatedIndicators]);

    /// <summary>Every row with the outcome that is known now.</summary>
    public Panel Whole() => Make(rows.Rows.Select(row => Label(row, DateTimeOffset.MaxValue)));

    /// <summary>
    /// The rows up to a period as they were at its moment: earlier ones with the outcomes that were known then. Its own rows carry what came, by
    /// which forecasts of them are judged.
    /// </summary>
    public Panel At(int period) => Make(rows.Rows
        .Where(row => row.Period <= period)
        .Select(row => Label(row, row.Period < period ? rows.Times[period] : DateTimeOffset.MaxValue)));

    private PanelRow Label(CountryPeriod row, DateTimeOffset asOf)
        => new(row.Country, row.Period, row.Values, outcomes.Of(row.Country, _horizons, row.Period, asOf));

    private Panel Make(IEnumerable<PanelRow> labelled) => new(Columns, _horizons.Lead, rows.Predictors, labelled);
}

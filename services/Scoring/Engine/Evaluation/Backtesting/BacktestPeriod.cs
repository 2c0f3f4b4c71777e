using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>What a forecaster did in one period.</summary>
public sealed record BacktestPeriod
{
    /// <summary>Gets the period that was forecast from.</summary>
    public required int Period { get; init; }

    /// <summary>Gets the number of rows that it learned from.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>Gets the number of events among them.</summary>
    public required int TrainingEvents { get; init; }

    /// <summary>Gets the last period among them; its outcomes were known by the end of <see cref="Period"/>.</summary>
    public required int LastTrainingPeriod { get; init; }

    /// <summary>Gets the forecasts, one a country, by country.</summary>
    public required ImmutableArray<BacktestForecast> Forecasts { get; init; }

    /// <summary>Gets how good they were; null while no outcome is known.</summary>
    public required ForecastComparison? Quality { get; init; }

    /// <summary>Gets the model that was fitted, or the models that are averaged, where the forecaster names it.</summary>
    public required FittedEnsemble? Model { get; init; }
}

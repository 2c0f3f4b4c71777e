using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Fitting;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>A back-test that is ready to run: its data has been read, nothing has been computed.</summary>
internal abstract class BacktestCase
{
    /// <summary>The framework's version that is tested; empty for a model that is refitted.</summary>
    public abstract string Framework { get; }

    /// <summary>Whether forecasts are probabilities.</summary>
    public abstract bool AreProbabilities { get; }

    /// <summary>The seed of what is drawn; 0 where nothing is.</summary>
    public virtual ulong Seed => 0;

    /// <summary>The data.</summary>
    public abstract TrainingRows Rows { get; }

    /// <summary>What happened.</summary>
    public abstract OutcomeSet Outcomes { get; }

    /// <summary>When an event counts.</summary>
    public abstract HitDefinition Definition { get; }

    /// <summary>The numbers of the periods that are tested, rising.</summary>
    public abstract IReadOnlyList<int> Periods { get; }

    /// <summary>Whether the test is of a country too; of a table, of those that are in it.</summary>
    public abstract bool Asks(string country);

    /// <summary>Adds everything that the result follows from.</summary>
    public abstract void AddTo(ContentKey key);

    /// <summary>Forecasts one period; several may run at once.</summary>
    public abstract PeriodForecasts Run(int period, CancellationToken cancellationToken);

    /// <summary>Adds what the test finds beside the skill of its forecasts.</summary>
    public virtual void Complete(V1.BacktestResult result, CancellationToken cancellationToken) { }
}

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>How far an indicator's values lie from the truth where an observation does not say.</summary>
public abstract record ValueError
{
    private protected ValueError() { }

    /// <summary>The standard deviation of the error of a value.</summary>
    /// <param name="value">The value, in the indicator's unit.</param>
    /// <param name="range">Where true values lie; null where that is not known.</param>
    /// <returns>0 or more.</returns>
    public abstract double DeviationAt(double value, ValueRange? range);
}

/// <summary>A normal error whose variance is that of both parts, so that a share of 0 does not make a 0 certain.</summary>
/// <param name="Absolute">A standard error in the indicator's unit; 0 for none.</param>
/// <param name="Relative">A standard error as a share of the value; 0 for none.</param>
public sealed record NormalError(double Absolute, double Relative) : ValueError
{
    /// <inheritdoc/>
    public override double DeviationAt(double value, ValueRange? range) => double.Hypot(Absolute, Relative * value);
}

/// <summary>An error of one step up or down, as on a scale of judgements; at an end of the range there is only the way back.</summary>
/// <param name="Step">The length of a step, above 0.</param>
/// <param name="Up">The probability that the truth lies a step higher.</param>
/// <param name="Down">The probability that it lies a step lower.</param>
public sealed record StepError(double Step, double Up, double Down) : ValueError
{
    /// <inheritdoc/>
    public override double DeviationAt(double value, ValueRange? range)
    {
        var (up, down) = ChancesAt(value, range);
        return Step * Math.Sqrt(Math.Max(0, up + down - ((up - down) * (up - down))));
    }

    /// <summary>The probabilities of a step up and of one down, without those that lead out of the range.</summary>
    internal (double Up, double Down) ChancesAt(double value, ValueRange? range) =>
        (range is { High: var high } && value + Step > high ? 0 : Up, range is { Low: var low } && value - Step < low ? 0 : Down);
}

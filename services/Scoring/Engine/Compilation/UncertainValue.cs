using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>A value in its own unit with the distribution of what is true: the value plus its error, kept between ends.</summary>
/// <param name="Value">The value.</param>
/// <param name="Deviation">The standard deviation of a normal error; 0 without one.</param>
/// <param name="Step">The length of a step by which the truth may lie higher or lower; 0 for none.</param>
/// <param name="Up">The probability that it lies a step higher.</param>
/// <param name="Down">The probability that it lies a step lower.</param>
/// <param name="Low">The least value that can be true.</param>
/// <param name="High">The greatest.</param>
internal readonly record struct UncertainValue(double Value, double Deviation, double Step, double Up, double Down, double Low, double High)
{
    /// <summary>A divisor is never taken for less than this share of what was observed, because nothing can be divided by 0.</summary>
    private const double LeastDivisor = 0.05;

    /// <summary>Gets a value indicating whether it is one point.</summary>
    public bool IsExact => Deviation == 0 && Step == 0;

    /// <summary>A value that is taken as it stands: it is exact, or nothing is known of its error.</summary>
    public static UncertainValue Point(double value) => new(value, 0, 0, 0, 0, value, value);

    /// <summary>A value with a normal error.</summary>
    public static UncertainValue Normal(double value, double deviation, ValueRange? range) =>
        new(
            value,
            deviation,
            0,
            0,
            0,
            Math.Min(value, range?.Low ?? double.NegativeInfinity),
            Math.Max(value, range?.High ?? double.PositiveInfinity)
        );

    /// <summary>A judgement; at an end of the range there is only the way back.</summary>
    public static UncertainValue Judgement(double value, StepError error, ValueRange? range)
    {
        var (up, down) = error.ChancesAt(value, range);
        return up + down == 0
            ? Point(value)
            : new(value, 0, error.Step, up, down, down > 0 ? value - error.Step : value, up > 0 ? value + error.Step : value);
    }

    /// <summary>The value as one to divide by, which keeps its sign.</summary>
    public UncertainValue AsDivisor() =>
        Value > 0 ? this with { Low = Math.Max(Low, LeastDivisor * Value) } : this with { High = Math.Min(High, LeastDivisor * Value) };

    /// <summary>The value times a number.</summary>
    public UncertainValue Times(double factor) =>
        factor > 0
            ? new(Value * factor, Deviation * factor, Step * factor, Up, Down, Low * factor, High * factor)
            : new(Value * factor, Deviation * -factor, Step * -factor, Down, Up, High * factor, Low * factor);

    /// <summary>The true value at a standard normal number.</summary>
    public double At(double z) => Math.Min(Math.Max(Value + (Deviation * z), Low), High);

    /// <summary>The probability that the true value is at or above one.</summary>
    public double AtLeast(double value)
    {
        if (value <= Low)
            return 1;
        if (value > High)
            return 0;
        if (Deviation > 0)
            return NormalDistribution.Cumulative((Value - value) / Deviation);
        var share = Value >= value ? 1 - Up - Down : 0;
        if (Value + Step >= value)
            share += Up;
        return Value - Step >= value ? share + Down : share;
    }

    /// <summary>The probability that the true value lies between two, the ends among them.</summary>
    public double Between(double low, double high)
    {
        if (Deviation > 0)
        {
            var above = high >= High ? 0 : AtLeast(high);
            return AtLeast(low) - above;
        }

        var share = low <= Value && Value <= high ? 1 - Up - Down : 0;
        if (low <= Value + Step && Value + Step <= high)
            share += Up;
        return low <= Value - Step && Value - Step <= high ? share + Down : share;
    }

    /// <summary>The value up to which a share of the distribution lies.</summary>
    public double QuantileOf(double share)
    {
        if (Deviation > 0)
            return At(NormalQuantile.Of(share));
        return share < Down ? Value - Step
            : share < 1 - Up ? Value
            : Value + Step;
    }
}

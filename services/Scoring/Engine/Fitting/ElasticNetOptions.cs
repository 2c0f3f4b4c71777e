using System.Globalization;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>How a penalised logistic regression is fitted.</summary>
public sealed record ElasticNetOptions
{
    /// <summary>
    /// Gets the share of the penalty that is lasso: 0, the default, is ridge, 1 is lasso, between them is the elastic net.
    /// </summary>
    public double Alpha { get; init; }

    /// <summary>
    /// Gets how far the conditions of the optimum may be missed, in the mean slope of a row's log-likelihood by a standardised coefficient,
    /// which itself lies within −1 to 1 as a rule. From 1e-13 to 0.01; the default is 1e-9.
    /// </summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Gets how many Newton steps one λ may take, at least 1; the default is 100.</summary>
    public int MaximumIterations { get; init; } = 100;

    /// <summary>Gets how many λ a path has, at least 2; the default is 100.</summary>
    public int PathLength { get; init; } = 100;

    /// <summary>
    /// Gets the smallest λ of a path as a share of the largest, above 0 and below 1; the default is 0.0001, or 0.01 where there are fewer
    /// rows than terms.
    /// </summary>
    public double? SmallestLambdaRatio { get; init; }

    /// <summary>Checks the options.</summary>
    internal ElasticNetOptions Checked()
    {
        Require(Alpha is >= 0 and <= 1, "alpha", Alpha, "Give a share from 0 to 1.");
        Require(Tolerance is >= 1e-13 and <= 0.01, "tolerance", Tolerance, "Give a tolerance from 1e-13 to 0.01.");
        Require(MaximumIterations >= 1, "maximumIterations", MaximumIterations, "Allow at least 1.");
        Require(PathLength >= 2, "pathLength", PathLength, "Ask for at least 2.");
        Require(
            SmallestLambdaRatio is null or (> 0 and < 1),
            "smallestLambdaRatio",
            SmallestLambdaRatio ?? 0,
            "Give a share above 0 and below 1."
        );
        return this;
    }

    private static void Require(bool holds, string subject, double value, string fix)
    {
        if (!holds)
            throw new FittingException(subject, $"{value.ToString("R", CultureInfo.InvariantCulture)} is out of range.", fix);
    }
}

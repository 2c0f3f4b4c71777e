using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>A fitted model laid out for rows of given columns; scoring allocates nothing. Safe to share between threads.</summary>
public sealed class ModelScorer
{
    private readonly double _intercept;
    private readonly double[] _coefficients;
    private readonly int[][] _columns;
    private readonly Calibration? _calibration;

    internal ModelScorer(FittedModel model, ImmutableArray<string> columns)
    {
        var terms = model.Terms.Where(term => term.Coefficient != 0).ToArray();
        _intercept = model.Intercept;
        _coefficients = [.. terms.Select(term => term.Coefficient)];
        _columns = TermColumns.Of(terms.Select(term => term.Indicators), columns);
        _calibration = model.Calibration;
    }

    /// <summary>Adds the terms up.</summary>
    /// <param name="row">One value a column.</param>
    /// <returns>The log-odds before calibration; NaN where a value that is used is NaN.</returns>
    public double LogOdds(ReadOnlySpan<double> row)
    {
        var sum = _intercept;
        for (var i = 0; i < _coefficients.Length; i++)
        {
            var product = _coefficients[i];
            foreach (var column in _columns[i])
                product *= row[column];
            sum += product;
        }

        return sum;
    }

    /// <summary>Scores a row.</summary>
    /// <param name="row">One value a column.</param>
    /// <returns>The probability of the event, calibrated where the model is; NaN where a value that is used is NaN.</returns>
    public double Probability(ReadOnlySpan<double> row)
    {
        var probability = Link.Logit.Back(LogOdds(row));
        return _calibration?.Apply(probability) ?? probability;
    }
}

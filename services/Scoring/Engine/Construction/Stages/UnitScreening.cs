using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Stages;

/// <summary>Which units have too little data for any score.</summary>
internal static class UnitScreening
{
    /// <summary>So that shares which reach the limit on paper reach it in floating point too.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>Says why a unit has to leave.</summary>
    /// <param name="screening">The rule.</param>
    /// <param name="indicators">How many indicators the framework has.</param>
    /// <param name="present">How many of them have a value, after denominators and before imputation.</param>
    /// <param name="nonZero">How many of those are other than 0.</param>
    /// <returns>The reason in words; null if it stays.</returns>
    public static string? Objection(Screening screening, int indicators, int present, int nonZero)
    {
        if (present < (screening.Available * indicators) - Tolerance)
            return $"It has {present} of {indicators} indicators.";
        return nonZero < (screening.NonZero * present) - Tolerance ? $"{nonZero} of its {present} values are other than 0." : null;
    }
}

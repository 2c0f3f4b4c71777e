using System.Globalization;

namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>Figures in sentences. Thread-safe.</summary>
public static class PlainFigure
{
    /// <summary>Writes four significant digits; a large figure in full, because nobody reads an exponent in a warning.</summary>
    /// <param name="value">Any figure.</param>
    /// <returns>0.2283, 28.03, 195,900.</returns>
    public static string Of(double value)
    {
        if (Math.Abs(value) is < 10_000 or >= 1e15)
            return value.ToString("G4", CultureInfo.InvariantCulture);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 3);
        return (Math.Round(value / unit) * unit).ToString("N0", CultureInfo.InvariantCulture);
    }
}
